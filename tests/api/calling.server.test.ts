/** What holds for every call: how work is started once, how callers are known, what is refused before an endpoint is asked. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorker } from "#app/jobs/run-worker.server.ts";
import { createApiKey, revokeApiKey } from "#app/settings/api-keys.server.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { startApi, type Call, type TestApi } from "./an-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ orders: 12 });
});
afterAll(async () => {
  await api.stop();
});
beforeEach(async () => {
  await api.pool.query(`delete from "SyncJob"`);
});

const start = (key: string | null, more: Partial<Call> = {}) =>
  api.call({
    ...{ method: "POST", path: "/api/shopify/sync/products", as: "sync" },
    headers: key === null ? {} : { "Idempotency-Key": key },
    ...more,
  });
const jobIds = async () =>
  (await api.pool.query<{ id: string }>(`select id from "SyncJob" order by id`)).rows.map(({ id }) => id);

test("the same request with the same key is one job, also twenty times at once and after its end", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => start("once")));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
  expect(await jobIds()).toHaveLength(1);
  await api.pool.query(`update "SyncJob" set status = 'completed'`);
  expect(await start("once")).toMatchObject({ status: 202, body: { job: { status: "completed" } } });
  expect(await jobIds()).toHaveLength(1);
  expect((await start("again")).status).toBe(202);
  expect(await jobIds()).toHaveLength(2);
});

test("a request that counts from now is the same one later, as often and as many at once as it is sent", async () => {
  const path = "/api/shopify/sync/full-dump";
  const lastDays = (days: number) => start("daily", { path, body: { days } });
  const answers = await Promise.all(Array.from({ length: 5 }, () => lastDays(90)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  expect((await lastDays(90)).status).toBe(202);
  expect(await jobIds()).toHaveLength(1);
  expect(await lastDays(91)).toMatchObject({
    status: 422,
    body: { error: { code: "IDEMPOTENCY_MISMATCH" } },
  });
});

test.each([
  ["/api/shopify/jobs/scheduler/start", "application/x-www-form-urlencoded"],
  ["/api/shopify/jobs/scheduler/start", "application/jsonx"],
  ["/api/shopify/sync/products", "text/plain"],
])("a body that does not call itself JSON is not overlooked: %s %s", async (path, type) => {
  const answer = await api.call({
    ...{ method: "POST", path, as: "sync", body: '{"intervalMinutes": 15}' },
    headers: { "Content-Type": type },
  });
  expect(answer).toMatchObject({ status: 415, body: { error: { code: "NOT_JSON" } } });
  expect(await jobIds()).toEqual([]);
});

test("an action with a key is done once: asked again it gets the first answer, another request with it none", async () => {
  await api.pool.query(`update "Shop" set "cutOverAt" = '2020-01-01'`);
  const { rows } = await api.pool.query<{ order: string; sku: string }>(
    `select "shopifyOrderId" as order, (select id from "Sku" s where s.shop = o.shop order by 1 limit 1) as sku from "Order" o
      where shop = $1 and status = 'open' and not test order by 1 limit 1`,
    [api.shop],
  );
  const { order = "", sku = "" } = rows[0] ?? {};
  const act = (body: object, key: string, path = `/api/erp/orders/${order}/actions`) =>
    api.call({ method: "POST", path, as: "erp", body, headers: { "Idempotency-Key": key } });
  const done = async () =>
    (await api.pool.query(`select from "ErpFact" where "shopifyOrderId" = $1`, [order])).rowCount;
  const first = await act({ action: "pick" }, "pick-1");
  expect(first, first.text).toMatchObject({ status: 200, body: { words: expect.stringMatching(/picked$/) } });
  const facts = await done();
  const [again, other] = [await act({ action: "pick" }, "pick-1"), await act({ action: "pack" }, "pick-1")];
  expect(again.body).toEqual(first.body);
  expect(other).toMatchObject({ status: 422, body: { error: { code: "IDEMPOTENCY_MISMATCH" } } });
  expect(await done()).toBe(facts);
  // One that was refused is not remembered: with the same key it can be tried again.
  expect((await act({ action: "deliver", parcelId: "P" }, "later")).status).toBe(409);
  expect((await act({ action: "pack" }, "later")).status).toBe(200);
  const stock = `/api/erp/stock/${sku}/7/adjust`;
  const added = await Promise.all(Array.from({ length: 3 }, () => act({ by: 2 }, "add", stock)));
  expect(added.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => added[0]?.body));
  expect(added[0]?.body).toMatchObject({ sellableQty: 2 });
});

test("without a key the second start is refused: one of a kind at a time", async () => {
  expect((await start(null)).status).toBe(202);
  expect(await start(null)).toMatchObject({ status: 409, body: { error: { code: "JOB_ALREADY_RUNNING" } } });
});

test("a key that stood for another request starts nothing", async () => {
  await start("one thing");
  const other = await start("one thing", { path: "/api/shopify/sync/full-dump", body: { days: 3 } });
  expect(other).toMatchObject({ status: 422, body: { error: { code: "IDEMPOTENCY_MISMATCH" } } });
  expect(await jobIds()).toHaveLength(1);
});

test("a key of another caller is another key", async () => {
  await start("shared");
  await api.pool.query(`update "SyncJob" set status = 'completed'`);
  await start("shared", { as: "session" });
  expect(await jobIds()).toHaveLength(2);
});

test("a page of a list goes on where the last one ended, each job once", async () => {
  for (let i = 0; i < 7; i++) {
    await start(`job ${String(i)}`);
    await api.pool.query(`update "SyncJob" set status = 'completed', "createdAt" = '2026-11-20T10:00:00Z'`);
  }
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const path = `/api/shopify/jobs?limit=3${next === null ? "" : `&after=${next}`}`;
    const { body } = await api.call({ method: "GET", path, as: "read" });
    const page = body as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  } while (next !== null);
  expect(seen.toSorted()).toEqual(await jobIds());
});

test("a revoked key, and the key of a shop that removed the app, are known no more", async () => {
  const { pool, shop, context } = api;
  const { id, key } = await createApiKey(pool, {
    ...{ shop, name: "Short-lived", scopes: ["read"], createdBy: "test", now: context.now() },
  });
  const look = () => api.call({ method: "GET", path: "/api/shopify/jobs", as: { token: key } });
  expect((await look()).status).toBe(200);
  const { rows } = await pool.query<{ keyHash: string; lastUsedAt: Date | null }>(
    `select "keyHash", "lastUsedAt" from "ApiKey" where id = $1`,
    [id],
  );
  expect(rows[0]?.lastUsedAt).toBeInstanceOf(Date);
  expect(rows[0]?.keyHash).not.toContain(key);
  await revokeApiKey(pool, { shop, id, revokedBy: "test", now: context.now() });
  expect((await look()).status).toBe(401);

  const as = "read";
  await pool.query(`update "Shop" set "uninstalledAt" = now() where shop = $1`, [shop]);
  expect((await api.call({ method: "GET", path: "/api/shopify/jobs", as })).status).toBe(401);
  await pool.query(`update "Shop" set "uninstalledAt" = null where shop = $1`, [shop]);
  expect((await api.call({ method: "GET", path: "/api/shopify/jobs", as })).status).toBe(200);
});

test("App Bridge is told to come again with a new session token", async () => {
  const answer = await api.call({
    method: "GET",
    path: "/api/shopify/jobs",
    as: { token: "a.forged.token" },
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("X-Shopify-Retry-Invalid-Session-Request")).toBe("1");
});

test.each([
  ["GET", "/api/nothing", {}, 404, "NOT_FOUND"],
  ["GET", "/api/shopify/jobs/start", {}, 422, "VALIDATION"], // an id, by its method
  ["DELETE", "/api/shopify/jobs", {}, 405, "METHOD_NOT_ALLOWED"],
  ["GET", "/api/shopify/sync/products", {}, 405, "METHOD_NOT_ALLOWED"],
  ["POST", "/api/shopify/jobs/start", { body: "x".repeat(70_000) }, 413, "TOO_LARGE"],
  [
    "POST",
    "/api/shopify/sync/full-dump",
    { body: "all=true", headers: { "Content-Type": "text/plain" } },
    415,
    "NOT_JSON",
  ],
] as const)("%s %s %o is answered %i %s, in JSON", async (method, path, more, status, code) => {
  const answer = await api.call({
    method,
    path,
    as: path.includes("sync") || method === "POST" ? "sync" : "read",
    ...more,
  });
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  if (status === 405) expect(answer.headers.get("Allow")).toMatch(/GET|POST/);
});

test("the document is OpenAPI 3.1 by its own rules, names a scope for each operation, and needs no key", async () => {
  const { status, body } = await api.call({ method: "GET", path: "/api/openapi.json", as: "nobody" });
  expect(status).toBe(200);
  const document = body as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; security: object[] }>>;
  };
  expect(document.openapi).toBe("3.1.0");
  expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { security } of operations) expect(security.length).toBeGreaterThan(0);
  // The eight that were asked for, by path and method.
  for (const [method, path] of [
    ["post", "/api/shopify/sync/products"],
    ["post", "/api/shopify/sync/customers"],
    ["post", "/api/shopify/sync/full-dump"],
    ["post", "/api/shopify/sync/process-cache"],
    ["post", "/api/shopify/jobs/start"],
  ] as const)
    expect(document.paths[path]?.[method], path).toBeDefined();
});

test("a machine's call finds the access token ended: a worker renews it, and the call goes through", async () => {
  const { pool, context, database, simulator } = api;
  await pool.query(`update "Session" set expires = now() - interval '1 hour'`);
  const worker = await startWorker(
    { ...context, fetch: fetchFromSimulator(simulator.url) },
    { databaseUrl: database.url, concurrency: 1 },
  );
  try {
    const fetched = await api.call({
      ...{ method: "POST", path: "/api/shopify/orders/fetch", as: "sync", body: { number: "#1001" } },
    });
    expect(fetched).toMatchObject({ status: 200, body: { orders: [{ orderNumber: "#1001" }] } });
  } finally {
    await worker.stop();
  }
});
