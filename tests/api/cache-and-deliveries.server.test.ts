/** What stands in the cache and in the delivery log, seen and tried again over the API. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { aRestLine, aRestOrder } from "#tests/order-shapes/a-rest-order.ts";
import { goOnWith } from "#tests/setup/a-connected-shop.ts";
import { otherShop, startApi, type TestApi } from "./an-api.ts";
import { aFailedDelivery, aFailedOrder } from "./cache-cases.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});
beforeEach(async () => {
  await api.pool.query(`delete from "WebhookDelivery" where shop = $1`, [api.shop]);
  await api.pool.query(
    `update "SyncJob" set status = 'cancelled' where status in ('pending', 'running', 'paused')`,
  );
});

async function get<Body>(path: string): Promise<Body> {
  const { status, text, body } = await api.call({ method: "GET", path: `/api/shopify/${path}`, as: "read" });
  expect(status, text).toBe(200);
  return body as Body;
}
const post = (path: string, headers: Record<string, string> = {}) =>
  api.call({ method: "POST", path: `/api/shopify/${path}`, as: "sync", headers });

type Page = { items: Record<string, unknown>[]; next: string | null };

/** Every page of a list, in their order; `between` happens after each. */
async function walk(path: string, between: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let next: string | null = ""; next !== null; await between()) {
    const page: Page = await get<Page>(`${path}&limit=3${next === "" ? "" : `&after=${next}`}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

type AnOrder = {
  id: string;
  raw: string;
  updatedAt: string;
  shape?: "rest" | "bulk";
  receivedAt?: Date;
  shop?: string;
};
const receive = ({ id, raw, updatedAt, shape = "rest", receivedAt, shop }: AnOrder) =>
  ingestPayloads(api.pool, {
    ...{ shop: shop ?? api.shop, kind: "order", source: "webhook", now: receivedAt ?? new Date() },
    payloads: [
      { id, shape, raw, shopifyUpdatedAt: updatedAt, triggeredAt: null, header: { orderNumber: `#T${id}` } },
    ],
  });

test("each entry is listed once, received last first, while new ones come", async () => {
  const { rows } = await api.pool.query<{ id: string }>(
    `select id from "ShopifyOrderCache" where shop = $1 order by "receivedAt" desc, id desc`,
    [api.shop],
  );
  let count = 0;
  const listed = await walk("cache/order?", async () => {
    count += 1;
    await receive({ id: String(count), raw: "{}", updatedAt: "2026-11-20T00:00:00Z" });
  });
  expect(count).toBeGreaterThan(3);
  expect(listed.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  await api.pool.query(`delete from "ShopifyOrderCache" where shop = $1 and "rawData" = '{}'`, [api.shop]);
});

test("each delivery is listed once, received last first, while new ones come; of one instant by their ids", async () => {
  const deliver = (id: string, at: string, topic = "orders/updated") =>
    api.pool.query(
      `insert into "WebhookDelivery" (shop, "webhookId", topic, "receivedAt", outcome) values ($1, $2, $3, $4, 'stored')`,
      [api.shop, id, topic, at],
    );
  const old = "2026-01-01T00:00:00Z";
  for (const id of ["a", "b", "c", "d", "e", "f", "g"]) await deliver(id, old);
  await deliver("latest", "2026-01-02T00:00:00Z", "orders/create");
  let count = 0;
  const between = () => deliver(`new ${String((count += 1))}`, "2026-01-03T00:00:00Z");
  const listed = await walk("webhooks/deliveries?", between);
  expect(listed.map(({ webhookId }) => webhookId)).toEqual(["latest", "g", "f", "e", "d", "c", "b", "a"]);

  const ids = async (filter: string) =>
    (await get<Page>(`webhooks/deliveries?${filter}`)).items.map(({ webhookId }) => webhookId);
  expect(await ids("topic=orders/create")).toEqual(["latest"]);
  expect(await ids("since=2026-01-02T00:00:00Z&topic=orders/create")).toEqual(["latest"]);
  expect(await ids("since=2026-01-02T00:00:01Z&topic=orders/create")).toEqual([]);
  expect(await ids("outcome=known")).toEqual([]);
  const failed = await aFailedDelivery(api, api.shop);
  expect(await ids("failedOnly=true")).toEqual([failed]);
});

test("an entry has every payload byte for byte, of every shape and those that were replaced", async () => {
  const id = "9007199254740993"; // as a number it would be …992
  const rest = (hour: number) => {
    const updatedAt = `2026-11-20T0${String(hour)}:00:00Z`;
    const note = `Kurta \u2028 ü 😀 at ${String(hour)}`;
    const order = aRestOrder({ note, line_items: [aRestLine()], updated_at: updatedAt });
    return { updatedAt, raw: JSON.stringify(order, null, 1).replaceAll("6200407294252", id) };
  };
  const [first, second, late] = [rest(2), rest(4), rest(3)];
  const bulk = { raw: `{ "legacyResourceId" : ${id} , "total": 1.10 }`, updatedAt: "2026-11-20T01:00:00Z" };
  const at = (hour: number) => new Date(`2026-11-20T1${String(hour)}:00:00Z`);
  await receive({ id, ...first, receivedAt: at(1) });
  await receive({ id, ...bulk, shape: "bulk", receivedAt: at(2) });
  await receive({ id, ...second, receivedAt: at(3) });
  await receive({ id, ...late, receivedAt: at(4) });

  type Answer = Record<"slots" | "history", { raw: string; shape: string }[]> & {
    entry: object;
    payload: { raw: string };
    notApplied: object[] | null;
  };
  const { entry, payload, slots, history, notApplied } = await get<Answer>(`cache/order/${id}`);
  expect(entry).toMatchObject({ id, label: `#T${id}`, status: "pending", shape: "rest", source: "webhook" });
  expect(payload.raw).toBe(second.raw);
  expect(payload.raw).toContain(id);
  expect(slots).toMatchObject([{ shape: "bulk", raw: bulk.raw, supersededAt: null }]);
  expect(history.map(({ raw }) => raw)).toEqual([late.raw, first.raw]);
  expect(history).toMatchObject([{ supersededAt: at(4).toISOString() }, { receivedAt: at(1).toISOString() }]);
  expect(notApplied).toMatchObject([
    { rule: "older-payload", news: expect.stringContaining("rest payload") as string },
  ]);

  // One that cannot be read is shown all the same.
  await receive({ id: "77", raw: '{"id": 77}', updatedAt: "2026-11-20T01:00:00Z" });
  expect(await get("cache/order/77")).toMatchObject({ payload: { raw: '{"id": 77}' }, notApplied: null });
  await api.pool.query(`delete from "ShopifyOrderCache" where shop = $1 and id = any($2)`, [
    api.shop,
    [id, "77"],
  ]);
});

test("no more than 20 replaced payloads are told, the latest", async () => {
  const id = "88";
  for (let hour = 0; hour < 23; hour++) {
    const updatedAt = new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
    await receive({ id, raw: `{"at": "${updatedAt}"}`, updatedAt, receivedAt: new Date(updatedAt) });
  }
  const { history } = await get<{ history: { shopifyUpdatedAt: string }[] }>(`cache/order/${id}`);
  expect(history.map(({ shopifyUpdatedAt }) => new Date(shopifyUpdatedAt).getUTCHours())).toEqual(
    Array.from({ length: 20 }, (_, index) => 21 - index),
  );
  await api.pool.query(`delete from "ShopifyOrderCache" where shop = $1 and id = $2`, [api.shop, id]);
});

test("an entry that was given up is processed after a retry, and no other", async () => {
  const { context, shop } = api;
  const id = await aFailedOrder(api, shop);
  const entry = async () => (await get<{ entry: object }>(`cache/order/${id}`)).entry;
  expect(await entry()).toMatchObject({
    ...{ status: "quarantined", quarantined: true, processedAt: null, attempts: 7 },
    error: {
      code: "SKU_NOT_FOUND",
      text: "No SKU for X-1",
      next: expect.stringContaining("Sync all products") as string,
    },
  });
  const { status, body } = await post(`cache/order/${id}/retry`);
  expect(status).toBe(202);
  expect(await entry()).toMatchObject({ status: "pending", error: null, attempts: 0 });
  const { job } = body as { job: { id: string } };
  expect(await goOnWith({ context: { ...context, fetch }, shop }, job.id)).toMatchObject({
    status: "completed",
  });
  expect(await entry()).toMatchObject({ status: "processed", error: null, quarantined: false });

  const again = await post(`cache/order/${id}/retry`);
  expect(again).toMatchObject({
    ...{ status: 404, body: { error: { message: "Nothing is waiting for a retry any more." } } },
  });
});

test("a retry joins a run that is under way", async () => {
  const { context, shop } = api;
  const running = await startJob(context, { shop, jobType: "process-cache", requestedBy: "a person" });
  const id = await aFailedOrder(api, shop);
  expect(await post(`cache/order/${id}/retry`)).toMatchObject({
    ...{ status: 202, body: { job: { id: running.id, requestedBy: "a person" } } },
  });
});

test("the same retry asked twice is answered with its job, though nothing is left to retry", async () => {
  await aFailedOrder(api, api.shop);
  const key = { "Idempotency-Key": "once" };
  // The key has started something else before: that is no retry.
  await post("sync/process-cache", key);
  await api.pool.query(`update "SyncJob" set status = 'completed' where status = 'pending'`);

  const first = await post("cache/retry-failed", key);
  expect(first).toMatchObject({ status: 202, body: { message: "Trying the entry again" } });
  const { job } = first.body as { job: { id: string } };
  expect(await post("cache/retry-failed", key)).toMatchObject({ status: 202, body: { job: { id: job.id } } });
  expect(await post("cache/retry-failed", { "Idempotency-Key": "another" })).toMatchObject({ status: 404 });
});

test("all that failed is tried again, of this shop only", async () => {
  const mine = await aFailedOrder(api, api.shop);
  const theirs = await aFailedOrder(api, otherShop);
  await aFailedDelivery(api, api.shop);
  expect(await post("cache/retry-failed")).toMatchObject({
    ...{ status: 202, body: { message: "Trying 2 entries again" } },
  });
  const { rows } = await api.pool.query(
    `select shop, id from "ShopifyOrderCache" where "quarantinedAt" is not null and id = any($1)`,
    [[mine, theirs]],
  );
  expect(rows).toEqual([{ shop: otherShop, id: theirs }]);
});

test("the cache's figures: what waits and since when, what failed and why, what is to be fetched", async () => {
  const { pool, shop } = api;
  await pool.query(
    `update "ShopifyOrderCache" set "processedAt" = '2026-11-21', "errorCode" = null, "quarantinedAt" = null,
       "receivedAt" = '2026-11-20' where shop = $1`,
    [shop],
  );
  const nth = (set: string, n: number) =>
    pool.query(
      `update "ShopifyOrderCache" set ${set} where shop = $1 and id =
         (select id from "ShopifyOrderCache" where shop = $1 order by id offset $2 limit 1)`,
      [shop, n],
    );
  const received = new Date(Date.now() - 3_600_000);
  await nth(`"processedAt" = null, "receivedAt" = now() - interval '1 hour'`, 0);
  await nth(`"processedAt" = null, "receivedAt" = now() - interval '1 minute'`, 1);
  await nth(`"processedAt" = null, "errorCode" = 'SKU_NOT_FOUND', "nextRetryAt" = now()`, 2);
  await nth(`"processedAt" = null, "errorCode" = 'SKU_NOT_FOUND', "quarantinedAt" = now()`, 3);
  await nth(`"processedAt" = null, "errorCode" = 'A_LATER_VERSIONS', "quarantinedAt" = now()`, 4);
  await nth(`"needsFetch" = 'news', "fetchError" = 'Shopify does not answer'`, 5);
  await nth(`"needsFetch" = 'news'`, 6);
  await nth(`"needsFetch" = 'news', "deletedAt" = now()`, 7);
  await nth(`"processedAt" = '2026-11-22'`, 8);
  await pool.query(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, "fetchError") values
       ($1, 'order', '5', 'news', 'Shopify does not answer'), ($2, 'order', '6', 'news', 'Theirs')`,
    [shop, otherShop],
  );
  await aFailedDelivery(api, shop);

  type Status = { kinds: { order: { lagSeconds: number }; inventory: object } };
  const status = await get<Status>("cache/cache-status");
  expect(status).toMatchObject({
    kinds: {
      order: {
        ...{ total: 12, pending: 2, processed: 7, failed: 1, quarantined: 2, toFetch: 2, fetchFailed: 1 },
        newestProcessedAt: "2026-11-22T00:00:00.000Z",
      },
    },
    ...{ fetchRequests: 1, failedDeliveries: 1 },
    errors: [
      { code: "SKU_NOT_FOUND", words: "SKU not found", count: 2 },
      { code: "INTERNAL", count: 1 },
    ],
    fetchErrors: [{ text: "Shopify does not answer", count: 2 }],
  });
  const age = (Date.now() - received.getTime()) / 1000;
  expect(status.kinds.order.lagSeconds).toBeGreaterThanOrEqual(3590);
  expect(status.kinds.order.lagSeconds).toBeLessThanOrEqual(age + 10);

  const count = async (filter: string) => (await get<Page>(`cache/order?${filter}`)).items.length;
  expect(await count("status=pending")).toBe(2);
  expect(await count("status=processed")).toBe(7);
  expect(await count("status=failed")).toBe(1);
  expect(await count("status=quarantined")).toBe(2);
  expect(await count("status=toFetch")).toBe(2);
  expect(await count("errorCode=SKU_NOT_FOUND")).toBe(2);
  expect(await count("errorCode=SKU_NOT_FOUND&status=failed")).toBe(1);
  expect(await count("number=1003")).toBe(0);
});
