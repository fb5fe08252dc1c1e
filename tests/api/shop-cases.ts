import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { createApiKey } from "#app/settings/api-keys.server.ts";
import { otherShop, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

async function aKeyOf({ context, pool }: TestApi, shop: string): Promise<string> {
  const key = { shop, name: "Of a test", scopes: ["read"] as const, createdBy: "test", now: context.now() };
  return (await createApiKey(pool, key)).id;
}

/** A request for a person's data, with a file to download. */
async function anExportOf({ pool }: TestApi, shop: string): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into "PrivacyRequest" (shop, id, kind, "receivedAt", "dueAt", "doneAt", export, "expiresAt")
     values ($1, $2, 'data_request', now(), now() + interval '30 days', now(), '{"customer": {}}', now() + interval '1 day')`,
    [shop, id],
  );
  return id;
}

const keysPath = "/api/shopify/api-keys";

export const shopCases: EndpointCases = {
  fetchOrder: {
    may: "sync",
    good: { path: "/api/shopify/orders/fetch", body: { number: "#1003" } },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ orders: [{ orderNumber: "#1003" }] });
    },
    bad: [
      { path: "/api/shopify/orders/fetch", body: { number: "#99999" }, status: 404, names: "#99999" },
      { path: "/api/shopify/orders/fetch", body: { id: "123" }, status: 404, names: "123" },
      { path: "/api/shopify/orders/fetch", body: { number: "" }, status: 422, names: "number" },
      {
        path: "/api/shopify/orders/fetch",
        body: { number: "#1", id: "1" },
        status: 422,
        names: "number or id",
      },
      { path: "/api/shopify/orders/fetch", body: "no JSON", status: 415, names: "JSON" },
      { path: "/api/shopify/orders/fetch", status: 422, names: "number or id" },
    ],
    foreign: "own",
  },
  getProof: {
    may: "read",
    good: { path: "/api/shopify/proof" },
    bad: [
      { path: "/api/shopify/proof?day=2100-01-01", status: 422, names: "day" },
      { path: "/api/shopify/proof?day=today", status: 422, names: "day" },
    ],
    foreign: "listed",
  },
  proveDay: {
    may: "sync",
    good: { path: "/api/shopify/proof" },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ state: "fresh", proof: { missing: [] } });
    },
    bad: [{ path: "/api/shopify/proof?day=2026-13-01", status: 422, names: "day" }],
    foreign: "listed",
  },
  getWebhookHealth: {
    may: "read",
    good: { path: "/api/shopify/webhooks/health?hours=744" },
    expectGood: async ({ body }, { pool }) => {
      const { rows } = await pool.query(`select from "WebhookDelivery" where shop = $1`, [otherShop]);
      expect(rows.length).toBeGreaterThan(0);
      const { topics } = body as { topics: { count: number }[] };
      expect(topics.every(({ count }) => count === 0)).toBe(true); // ours had none
    },
    bad: ["0", "745", "1.5", "", "-1", "day"].map((hours) => ({
      ...{ path: `/api/shopify/webhooks/health?hours=${hours}`, status: 422, names: "hours" },
    })),
    foreign: "listed",
  },
  listPrivacyRequests: {
    may: "staff",
    good: async (api) => {
      await anExportOf(api, otherShop);
      await anExportOf(api, api.shop);
      return { path: "/api/shopify/privacy" };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ requests: [{ kind: "data_request" }] });
    },
    bad: [],
    foreign: "listed",
  },
  downloadPersonalData: {
    may: "staff",
    good: async (api) => ({ path: `/api/shopify/privacy/${await anExportOf(api, api.shop)}/export` }),
    expectGood: ({ headers, body }) => {
      expect(body).toEqual({ customer: {} });
      expect(headers.get("Cache-Control")).toBe("no-store");
    },
    bad: [
      { path: "/api/shopify/privacy/any/export", status: 422, names: "id" },
      { path: `/api/shopify/privacy/${randomUUID()}/export`, status: 404, names: "nothing to download" },
    ],
    foreign: async (api) => ({ path: `/api/shopify/privacy/${await anExportOf(api, otherShop)}/export` }),
  },
  listApiKeys: {
    may: "staff",
    good: { path: keysPath },
    expectGood: ({ text }, { keys }) => {
      for (const key of Object.values(keys)) expect(text).not.toContain(key);
    },
    bad: [],
    foreign: "listed",
  },
  createApiKey: {
    may: "staff",
    good: { path: keysPath, body: { name: "Warehouse", scopes: ["read", "sync", "read"] } },
    expectGood: async ({ status, body, headers }, api) => {
      expect(status).toBe(201);
      expect(headers.get("Cache-Control")).toBe("no-store");
      const { key, apiKey } = body as { key: string; apiKey: { scopes: string[] } };
      expect(apiKey.scopes).toEqual(["read", "sync"]);
      expect(await api.call({ method: "GET", path: "/api/shopify/jobs", as: { token: key } })).toMatchObject({
        status: 200,
      });
    },
    bad: [
      { path: keysPath, body: { name: " ", scopes: ["read"] }, status: 422, names: "name" },
      { path: keysPath, body: { name: "x", scopes: [] }, status: 422, names: "scopes" },
      { path: keysPath, body: { name: "x", scopes: ["everything"] }, status: 422, names: "scopes" },
    ],
    foreign: "own",
  },
  revokeApiKey: {
    may: "staff",
    good: async (api) => ({ path: `${keysPath}/${await aKeyOf(api, api.shop)}` }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ apiKey: { revokedAt: expect.any(String) as string } });
    },
    bad: [
      { path: `${keysPath}/1`, status: 422, names: "id" },
      { path: `${keysPath}/${randomUUID()}`, status: 404, names: "no API key" },
    ],
    foreign: async (api) => ({ path: `${keysPath}/${await aKeyOf(api, otherShop)}` }),
  },
};
