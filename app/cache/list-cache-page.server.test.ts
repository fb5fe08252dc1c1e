import type { Pool } from "pg";
import { expect } from "vitest";

import type { Db } from "#app/lib/db.server.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { countErrorsOfKind, countWaiting } from "./count-waiting.server.ts";
import { listCachePage } from "./list-cache-page.server.ts";
import { loadQueue } from "./load-queue.server.ts";

const shop = "a-shop.myshopify.com";

/** As a dump leaves it: many orders received in few instants, nearly all processed; of another shop as many. */
async function bringOrders(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "receivedAt", "orderNumber",
       "shopifyUpdatedAt", "processedAt", "errorCode", "processingError", attempts, "nextRetryAt", "quarantinedAt", "needsFetch")
     select s, (5000000000000 + n)::text, '{"note": "${"x".repeat(300)}"}', 'bulk', '', case when n % 10 = 0 then 'webhook' else 'dump' end,
       timestamptz '2026-11-01' + n / 500 * interval '1 minute', '#' || n, timestamptz '2026-10-01',
       case when n % 1000 > 2 then timestamptz '2026-11-02' end,
       case n % 1000 when 0 then 'SKU_NOT_FOUND' when 1 then 'INTERNAL' end, case when n % 1000 < 2 then 'so it was' end, 1,
       case when n % 1000 = 0 then timestamptz '2026-11-03' end, case when n % 1000 = 1 then timestamptz '2026-11-03' end,
       case when n % 1000 = 5 then 'told of it' end
     from generate_series(1, $2::int) n, unnest($1::text[]) s`,
    [[shop, "other.myshopify.com"], count],
  );
  await pool.query(`analyze "ShopifyOrderCache"`);
}

type Plan = { "Node Type": string; "Index Name"?: string; Plans?: Plan[] };

/** The steps by which the database would answer what is asked through it. */
function explaining(pool: Pool) {
  const steps: Plan[] = [];
  const collect = (plan: Plan): void => {
    steps.push(plan);
    plan.Plans?.forEach(collect);
  };
  const db: Db = {
    async query(query, values) {
      const text = typeof query === "string" ? query : query.text;
      const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `explain (format json) ${text}`,
        values,
      );
      for (const row of rows) collect(row["QUERY PLAN"][0].Plan);
      return pool.query(query, values);
    },
  };
  return { db, steps };
}

const base = { shop, kind: "order", direction: "desc", at: null, limit: 50 } as const;

test("no page of entries, and no count of what waits, reads all that is processed", async ({
  database: { pool },
}) => {
  await bringOrders(pool, 20_000);
  const { db, steps } = explaining(pool);
  const first = await listCachePage(db, base);
  const next = { side: "after", key: readCursorText(first.next ?? "") as string[] } as const;
  await listCachePage(db, { ...base, at: next });
  await listCachePage(db, { ...base, direction: "asc" });
  for (const status of ["failed", "quarantined", "pending", "toFetch"] as const)
    await listCachePage(db, { ...base, statuses: [status] });
  await listCachePage(db, { ...base, statuses: ["failed", "quarantined"], codes: ["SKU_NOT_FOUND"] });
  await listCachePage(db, { ...base, sources: ["webhook"], receivedFrom: new Date("2026-11-01T00:10:00Z") });
  await listCachePage(db, { ...base, search: "5000000001234" });
  await countWaiting(db, { shop });
  await countErrorsOfKind(db, { shop, kind: "order" });
  await loadQueue(db, { shop });
  expect(steps.filter((step) => step["Node Type"] === "Seq Scan")).toEqual([]);
  // Workers take longer to start than this little takes to read.
  expect(steps.filter((step) => step["Node Type"].startsWith("Gather"))).toEqual([]);
});

test("pages follow one another without a gap both ways, in either order", async ({ database: { pool } }) => {
  await bringOrders(pool, 1_200);
  for (const direction of ["desc", "asc"] as const) {
    const seen: string[] = [];
    let page = await listCachePage(pool, { ...base, direction, limit: 500 });
    seen.push(...page.rows.map(({ id }) => id));
    while (page.next !== null) {
      const key = readCursorText(page.next) as string[];
      page = await listCachePage(pool, { ...base, direction, limit: 500, at: { side: "after", key } });
      seen.push(...page.rows.map(({ id }) => id));
    }
    expect(new Set(seen).size).toBe(1_200);
    expect(seen).toHaveLength(1_200);
    const key = readCursorText(page.previous ?? "") as string[];
    const back = await listCachePage(pool, { ...base, direction, limit: 500, at: { side: "before", key } });
    expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(500, 1_000));
  }
});

test("entries are found by what a person knows, and only by that", async ({ database: { pool } }) => {
  await bringOrders(pool, 2_100);
  const found = async (search: Omit<Parameters<typeof listCachePage>[1], keyof typeof base>) =>
    (await listCachePage(pool, { ...base, ...search })).rows.map(({ label }) => label).sort();
  expect(await found({ search: "#1000" })).toEqual(["#1000"]);
  expect(await found({ search: "200" })).toContain("#1200");
  expect(await found({ search: "5000000001234" })).toEqual(["#1234"]);
  expect(await found({ search: "%" })).toEqual([]);
  expect(await found({ search: "_1" })).toEqual([]);
  expect(await found({ statuses: ["failed"] })).toEqual(["#1000", "#2000"]);
  expect(await found({ statuses: ["quarantined"] })).toEqual(["#1", "#1001", "#2001"]);
  expect(await found({ statuses: ["failed", "toFetch"] })).toEqual([
    "#1000",
    "#1005",
    "#2000",
    "#2005",
    "#5",
  ]);
  expect(await found({ statuses: ["failed", "quarantined"], codes: ["INTERNAL"] })).toEqual([
    "#1",
    "#1001",
    "#2001",
  ]);
  expect(await found({ statuses: ["pending"], sources: ["webhook"] })).toEqual([]);
  const minute = (n: number) => new Date(Date.UTC(2026, 10, 1, 0, n));
  expect(await found({ statuses: ["failed"], receivedFrom: minute(2), receivedUntil: minute(3) })).toEqual([
    "#1000",
  ]);
});

test("a level is found by its item and by its place, a product by a part of its title or handle", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "rawData", "rawShape", "contentHash", source)
     values ($1, '71@8', '71', '8', '{}', 'bulk', '', 'dump'), ($1, '72@8', '72', '8', '{}', 'bulk', '', 'dump')`,
    [shop],
  );
  await pool.query(
    `insert into "ShopifyProductCache" (shop, id, title, handle, "rawData", "rawShape", "contentHash", source)
     values ($1, '1', 'Classic Cotton Shirt', 'shirt-100%', '{}', 'bulk', '', 'dump')`,
    [shop],
  );
  const ids = async (kind: "inventory" | "product", search: string) =>
    (await listCachePage(pool, { ...base, kind, search })).rows.map(({ id }) => id).sort();
  expect(await ids("inventory", "71")).toEqual(["71@8"]);
  expect(await ids("inventory", "8")).toEqual(["71@8", "72@8"]);
  expect(await ids("product", "cotton")).toEqual(["1"]);
  expect(await ids("product", "100%")).toEqual(["1"]);
  expect(await ids("product", "cotton%shirt")).toEqual([]);
});

test("what waits is counted by kind and by what it waits for, of this shop alone", async ({
  database: { pool },
}) => {
  await bringOrders(pool, 2_100);
  const none = { pending: 0, failed: 0, quarantined: 0, toFetch: 0 };
  expect(await countWaiting(pool, { shop })).toEqual({
    order: { pending: 3, failed: 2, quarantined: 3, toFetch: 3 },
    ...{ product: none, customer: none, inventory: none },
  });
  expect(await countErrorsOfKind(pool, { shop, kind: "order" })).toEqual([
    { code: "INTERNAL", count: 3 },
    { code: "SKU_NOT_FOUND", count: 2 },
  ]);
});
