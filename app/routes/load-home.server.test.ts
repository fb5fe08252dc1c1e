import { expect } from "vitest";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { START, actor, scheduledTest as test, shop, other } from "#tests/fixtures/a-scheduled-shop.ts";
import { loadHome } from "./load-home.server.ts";

const nothing = { count: 0, oldestAt: null };
const load = (db: Db, name = shop) =>
  loadHome(db, {
    ...{ shop: name, now: START, apiVersion: "2026-10" },
    connection: { scopes: ["read_orders", "read_all_orders"], token: null },
  });

test("Home says that the schedule is off, and nothing once it is on", async ({ at }) => {
  const { pool } = at.context.database;
  const home = async () => (await load(pool)).schedulerProblem;
  expect(await home()).toMatchObject({ code: "SCHEDULER_OFF" });
  await startScheduler(at.context, { shop, actor });
  expect(await home()).toBeNull();
});

test("Home stands, and is silent about the schedule, where the shop's settings cannot be read", async ({
  at,
}) => {
  const { pool } = at.context.database;
  await pool.query(
    `update "Shop" set settings = '{"scheduler": {"intervalMinutes": "often"}}' where shop = $1`,
    [shop],
  );
  expect(await load(pool)).toMatchObject({ schedulerProblem: null, pending: { order: nothing } });
});

test("what failed comes by its reason, with the next step; what waits with the time since when", async ({
  at,
}) => {
  const { pool } = at.context.database;
  const entry = (id: string, more: string) =>
    pool.query(
      `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "receivedAt", "errorCode", "processingError",
         "quarantinedAt", "processedAt")
       select $1, $2, '{}', 'rest', '', 'webhook', $3::timestamptz - $4::interval, x.* from (values (${more})) as x`,
      [shop, id, START, `${id} minutes`],
    );
  const no = "null::timestamptz";
  await entry("5", `null, null, ${no}, ${no}`);
  await entry("20", `null, null, ${no}, ${no}`);
  await entry("30", `'SKU_NOT_FOUND', 'SKU not found: A', ${no}, ${no}`);
  await entry("31", `'SKU_NOT_FOUND', 'SKU not found: B', ${no}, ${no}`);
  await entry("40", `'SKU_NOT_FOUND', 'SKU not found: C', now(), ${no}`);
  await entry("50", `'PAYLOAD_UNREADABLE', 'It is no order', now(), ${no}`);
  await entry("90", `null, null, ${no}, now()`);
  const { pending, reasons } = await load(pool);
  expect(pending).toEqual({
    ...{ product: nothing, customer: nothing, inventory: nothing },
    order: { count: 2, oldestAt: "2026-11-26T09:40:00.000Z" },
  });
  expect(reasons).toMatchObject([
    { kind: "order", code: "SKU_NOT_FOUND", failed: 2, quarantined: 1, example: "SKU not found: A" },
    { kind: "order", code: "PAYLOAD_UNREADABLE", failed: 0, quarantined: 1, example: "It is no order" },
  ]);
  expect(reasons[0]?.next).toContain("Sync all products");
  // Law 11: another shop's Home knows nothing of it.
  expect(await load(pool, other)).toMatchObject({ pending: { order: nothing }, reasons: [] });
});

test("of each kind the last job is told, one that hangs, and a result that nobody has read", async ({
  at,
}) => {
  const { pool } = at.context.database;
  const job = (id: string, jobType: string, status: string, ago: string, more = "") =>
    pool.query(
      `insert into "SyncJob" (shop, id, "jobType", "requestedBy", status, "createdAt", "startedAt", "finishedAt", "heartbeatAt", "errorCode", "errorMessage")
       values ($1, $2, $3, 'test', $4, $5::timestamptz - $6::interval, $5::timestamptz - $6::interval,
         case when $4 in ('completed', 'failed') then $5::timestamptz - $6::interval + interval '1 minute' end, $5::timestamptz,
         nullif($7, ''), 'Why it failed')`,
      [shop, id, jobType, status, START, ago, more],
    );
  await job("p1", "products", "failed", "3 hours", "SHOPIFY_UNREACHABLE");
  await job("p2", "products", "completed", "2 hours");
  await job("c1", "customers", "failed", "1 hour", "SHOPIFY_UNREACHABLE");
  await job("o1", "orders", "running", "50 hours");
  const operation = (id: string, url: string | null, ago: string, ingestedAt: Date | null) =>
    pool.query(
      `insert into "ShopifyBulkOperation" (shop, id, "jobId", purpose, query, status, url, "completedAt", "ingestedAt")
       values ($1, $2, 'o1', 'orders', '', 'COMPLETED', $3, $4::timestamptz - $5::interval, $6)`,
      [shop, id, url, START, ago, ingestedAt],
    );
  await operation("1", "https://x", "49 hours", null);
  await operation("2", "https://x", "100 hours", START);
  await operation("3", null, "100 hours", null);
  const home = await load(pool);
  expect(home.lastRuns.map(({ id, status }) => `${id} ${status}`)).toEqual([
    "c1 failed",
    "p2 completed",
    "o1 running",
  ]);
  expect(home.lastRuns[0]).toMatchObject({
    at: "2026-11-26T09:01:00.000Z",
    error: { code: "SHOPIFY_UNREACHABLE", text: "Why it failed" },
  });
  expect(home.stuckJobs).toMatchObject([{ id: "o1", problem: { code: "JOB_STUCK" } }]);
  // Seven days after it was done.
  expect(home.unreadResults).toEqual([
    { jobId: "o1", jobType: "orders", expiresAt: "2026-12-01T09:00:00.000Z" },
  ]);
  expect((await load(pool, other)).lastRuns).toEqual([]);
});

test("the first set-up is ticked by facts", async ({ at }) => {
  const { pool } = at.context.database;
  expect((await load(pool)).setup).toEqual({
    ...{ shop, mayReadAllOrders: true, cutOverAt: null, productsSyncedAt: null, ordersDumpedAt: null },
    ...{ lastDump: null, skus: null, unknownGateways: null, schedulerOn: false, writeBacksOn: [] },
  });
  await pool.query(
    `update "Shop" set "cutOverAt" = '2026-11-01', settings = '{"writeBack": {"orderCancel": true, "orderEdit": false}}' where shop = $1`,
    [shop],
  );
  for (const jobType of ["products", "orders"])
    await pool.query(
      `insert into "SyncJob" (shop, id, "jobType", "requestedBy", status, "finishedAt") values ($1, $2, $2, 'test', 'completed', $3)`,
      [shop, jobType, START],
    );
  for (const [id, code, archived] of [
    ["1", "A", null],
    ["2", "A", START],
    ["3", null, null],
    ["4", null, START],
    ["5", "B", null],
    ["6", "C", START],
    ["7", "C", START],
  ] as const)
    await pool.query(
      `insert into "Sku" (shop, id, "productId", "variationId", title, "skuCode", "archivedAt") values ($1, $2, 'p', 'v', '', $3, $4)`,
      [shop, id, code, archived],
    );
  await startScheduler(at.context, { shop, actor });
  const { setup } = await load(pool);
  expect(setup).toMatchObject({
    ...{
      cutOverAt: "2026-11-01T00:00:00.000Z",
      schedulerOn: true,
      writeBacksOn: ["orderCancel"],
      unknownGateways: 0,
    },
    ...{ productsSyncedAt: START.toISOString(), ordersDumpedAt: START.toISOString() },
    // A text of sold goods alone is nobody's problem, nor is a blank one of theirs.
    skus: { duplicates: 1, blank: 1 },
  });
});

test("a dump of some days is no full one, unless Shopify tells this app no more", async ({ at }) => {
  const { pool } = at.context.database;
  const dumped = async (scopes: string[]) => {
    const { setup } = await loadHome(pool, {
      ...{ shop, now: START, apiVersion: "2026-10", connection: { scopes, token: null } },
    });
    return [setup.ordersDumpedAt, setup.lastDump?.from ?? null, setup.unknownGateways];
  };
  const dump = (id: string, from: string | null, until: string | null, finishedAt: string) =>
    pool.query(
      `insert into "SyncJob" (shop, id, "jobType", "requestedBy", status, "createdAt", "finishedAt", options)
       values ($1, $2, 'orders', 'test', 'completed', $3, $3, $4)`,
      [shop, id, finishedAt, { from, until }],
    );
  const all = ["read_orders", "read_all_orders"];
  await dump("a day", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z");
  expect(await dumped(all)).toEqual([null, "2026-11-20T00:00:00.000Z", 0]);
  expect(await dumped(["read_orders"])).toEqual([null, "2026-11-20T00:00:00.000Z", 0]);
  await dump("60 days", "2026-09-24T00:00:00Z", null, "2026-11-23T00:00:00Z");
  expect(await dumped(all)).toEqual([null, "2026-09-24T00:00:00.000Z", 0]);
  expect(await dumped(["read_orders"])).toEqual([
    ...["2026-11-23T00:00:00.000Z", "2026-09-24T00:00:00.000Z", 0],
  ]);
  await dump("all", null, null, "2026-11-24T00:00:00Z");
  expect(await dumped(all)).toEqual(["2026-11-24T00:00:00.000Z", null, 0]);
});

test("stored settings that cannot be read say nothing of write-backs", async ({ at }) => {
  const { pool } = at.context.database;
  await pool.query(`update "Shop" set settings = '{"writeBack": {"orderCancel": "often"}}' where shop = $1`, [
    shop,
  ]);
  expect((await load(pool)).setup.writeBacksOn).toBeNull();
});
