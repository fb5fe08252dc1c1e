import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { otherShop, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

/** An order of a shop's, as if it had failed for good; its id. */
export async function aFailedOrder({ pool }: Pick<TestApi, "pool">, shop: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `update "ShopifyOrderCache" set "processedAt" = null, "errorCode" = 'SKU_NOT_FOUND', "processingError" = 'No SKU for X-1',
       attempts = 7, "nextRetryAt" = null, "quarantinedAt" = now()
     where shop = $1 and id = (select min(id) from "ShopifyOrderCache" where shop = $1) returning id`,
    [shop],
  );
  return rows[0]?.id ?? "";
}

/** News that could not be handled, so long ago that no figure of lately counts it; its delivery's id. */
export async function aFailedDelivery({ pool }: Pick<TestApi, "pool">, shop: string): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into "WebhookDelivery" (shop, "webhookId", topic, "receivedAt", outcome, "errorCode", error, attempts, "quarantinedAt", body)
     values ($1, $2, 'refunds/create', '2026-01-31T10:00:00Z', 'news', 'INTERNAL', 'Quoting a person', 7, now(), '{"note": "In the body"}')`,
    [shop, id],
  );
  return id;
}

async function anOrderOf({ pool }: TestApi, shop: string): Promise<string> {
  const sql = `select max(id) as id from "ShopifyOrderCache" where shop = $1`;
  const { rows } = await pool.query<{ id: string }>(sql, [shop]);
  return rows[0]?.id ?? "";
}

const path = "/api/shopify/cache";
const entry = (id: string, end = "") => `${path}/order/${id}${end}`;
const deliveries = "/api/shopify/webhooks/deliveries";
const isMadeUp = "/1234567890123456789";
/** What only a forged cursor can hold: a text that PostgreSQL cannot store. */
const forged = btoa(encodeURIComponent(JSON.stringify(["2026-01-01T00:00:00.000Z", "1\u0000"])));

export const cacheCases: EndpointCases = {
  getCacheStatus: {
    may: "read",
    good: { path: `${path}/cache-status` },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ kinds: { order: { total: 12 } } });
    },
    bad: [],
    foreign: "listed",
  },
  listCacheEntries: {
    may: "read",
    good: { path: `${path}/order?number=%231003` },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ items: [{ kind: "order", label: "#1003" }], next: null });
    },
    bad: [
      { path: `${path}/fulfillment_order`, status: 422, names: "kind" },
      { path: `${path}/order?status=done`, status: 422, names: "status" },
      { path: `${path}/order?errorCode=ANY`, status: 422, names: "errorCode" },
      { path: `${path}/order?number=`, status: 422, names: "number" },
      { path: `${path}/order?number=1%00`, status: 422, names: "number" },
      { path: `${path}/product?number=%231003`, status: 422, names: "number" },
      { path: `${path}/order?limit=251`, status: 422, names: "limit" },
      { path: `${path}/order?after=nonsense`, status: 422, names: "after" },
      { path: `${path}/order?after=${forged}`, status: 422, names: "after" },
      { path: `${path}/order?name=Asha`, status: 422, names: "name" },
    ],
    foreign: "listed",
  },
  getCacheEntry: {
    may: "read",
    good: async (api) => ({ path: entry(await anOrderOf(api, api.shop)) }),
    expectGood: async ({ body, headers }, api) => {
      const { rows } = await api.pool.query<{ rawData: string }>(
        `select "rawData" from "ShopifyOrderCache" where shop = $1 and id = $2`,
        [api.shop, await anOrderOf(api, api.shop)],
      );
      expect(body).toMatchObject({ payload: { raw: rows[0]?.rawData }, notApplied: [] });
      expect(headers.get("Cache-Control")).toBe("no-store");
    },
    bad: [
      { path: entry("%231003"), status: 422, names: "id" },
      { path: `${path}/person/1`, status: 422, names: "kind" },
      { path: `${path}/order${isMadeUp}`, status: 404, names: "no order" },
      { path: `${path}/inventory${isMadeUp}@1`, status: 404, names: "no inventory" },
    ],
    foreign: async (api) => ({ path: entry(await anOrderOf(api, otherShop)) }),
  },
  retryCacheEntry: {
    may: "sync",
    good: async (api) => ({ path: entry(await aFailedOrder(api, api.shop), "/retry") }),
    expectGood: ({ status, body }) => {
      expect(status).toBe(202);
      expect(body).toMatchObject({
        message: "Trying the entry again",
        job: { jobType: "process-cache", status: "pending" },
      });
    },
    bad: [
      { path: entry("x", "/retry"), status: 422, names: "id" },
      { path: `${path}/delivery/1/retry`, status: 422, names: "kind" },
      { path: `${path}/order${isMadeUp}/retry`, status: 404, names: "Nothing is waiting" },
    ],
    foreign: async (api) => ({ path: entry(await aFailedOrder(api, otherShop), "/retry") }),
  },
  retryAllFailed: {
    may: "sync",
    good: async (api) => {
      await aFailedOrder(api, api.shop);
      await aFailedDelivery(api, api.shop);
      return { path: `${path}/retry-failed` };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({
        message: expect.stringMatching(/Trying \d entries again/) as string,
        job: { jobType: "process-cache" },
      });
    },
    bad: [
      { path: `${path}/retry-failed`, body: { kind: "order" }, status: 422, names: "kind" },
      {
        ...{ path: `${path}/retry-failed`, status: 422, names: "Idempotency-Key" },
        headers: { "Idempotency-Key": "x".repeat(201) },
      },
    ],
    foreign: "own",
  },
  listDeliveries: {
    may: "read",
    good: async (api) => {
      await aFailedDelivery(api, api.shop);
      await aFailedDelivery(api, otherShop);
      return { path: `${deliveries}?failedOnly=true&topic=refunds/create&outcome=news&limit=1` };
    },
    expectGood: ({ body, text }) => {
      expect(body).toMatchObject({
        items: [
          {
            ...{ topic: "refunds/create", outcome: "news", attempts: 7, quarantined: true },
            error: { code: "INTERNAL", text: "Something went wrong on our side" },
          },
        ],
      });
      expect(text).not.toMatch(/Quoting a person|In the body/);
    },
    bad: [
      { path: `${deliveries}?failedOnly=yes`, status: 422, names: "failedOnly" },
      { path: `${deliveries}?since=yesterday`, status: 422, names: "since" },
      { path: `${deliveries}?topic=a%00`, status: 422, names: "topic" },
      { path: `${deliveries}?outcome=lost`, status: 422, names: "outcome" },
      { path: `${deliveries}?after=${forged}`, status: 422, names: "after" },
      { path: `${deliveries}?limit=-1`, status: 422, names: "limit" },
    ],
    foreign: "listed",
  },
  retryDelivery: {
    may: "sync",
    good: async (api) => ({ path: `${deliveries}/${await aFailedDelivery(api, api.shop)}/retry` }),
    expectGood: ({ status, body }) => {
      expect(status).toBe(202);
      expect(body).toEqual({ message: "Trying the webhook again", job: null });
    },
    bad: [
      { path: `${deliveries}/a%20b/retry`, status: 422, names: "id" },
      { path: `${deliveries}/${randomUUID()}/retry`, status: 404, names: "Nothing is waiting" },
    ],
    foreign: async (api) => ({ path: `${deliveries}/${await aFailedDelivery(api, otherShop)}/retry` }),
  },
};
