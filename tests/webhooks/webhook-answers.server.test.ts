import { setImmediate as nextTurn } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createTestDatabase } from "#tests/setup/test-database.ts";
import type { TestDatabase } from "#tests/setup/test-database.ts";
import { readAppToml } from "#tests/shopify-app/read-app-toml.ts";

import { aDelivery, anOrderPayload, aSecret } from "./a-delivery.ts";
import { serveWebhookRoutes, webhookRouteFiles } from "./serve-webhook-routes.ts";
import { appEnvironment, aWebhookContext } from "./webhook-context.ts";

const tenMegabytes = 10 * 1024 * 1024;
const { topics } = readAppToml();
const paths = [...new Set(topics.map(({ uri }) => uri))];

/** The answer's status and, for an error, what it says. */
async function answerOf(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? null : (JSON.parse(text) as unknown),
  };
}

let database: TestDatabase;
let served: Awaited<ReturnType<typeof serveWebhookRoutes>>;
beforeAll(async () => {
  database = await createTestDatabase();
  served = await serveWebhookRoutes(aWebhookContext(database.db));
});
afterAll(async () => {
  await served.close();
  await database.drop();
});

async function countDeliveries() {
  const { rows } = await database.db.pool.query<{ n: number }>(
    `select count(*)::int as n from "WebhookDelivery"`,
  );
  return rows[0]?.n;
}

test("every address of shopify.app.toml is a route, and every webhook route is declared there", () => {
  expect(webhookRouteFiles.map(({ path }) => path).sort()).toEqual(paths.toSorted());
});

describe.each(paths)("%s", (path) => {
  const topic = topics.find(({ uri }) => uri === path)?.topic ?? "";
  const url = () => served.url + path;
  const id = { id: 12, admin_graphql_api_id: null, inventory_item_id: 3, location_id: 4 };

  test.each([
    ["unsigned", aDelivery({ topic, secret: null })],
    ["signed with another secret", aDelivery({ topic, secret: "another" })],
    ["signed with an empty secret", aDelivery({ topic, secret: "" })],
    ["signed, then changed", { ...aDelivery({ topic, body: id }), body: "{}" }],
    ["unsigned and without any header", { method: "POST", body: "{}" }],
  ])("%s: 401, nothing stored", async (_, delivery) => {
    const before = await countDeliveries();
    expect(await answerOf(url(), delivery)).toMatchObject({
      status: 401,
      body: { error: { code: "HMAC_FAILED", message: "HMAC verification failed" } },
    });
    expect(await countDeliveries()).toBe(before);
  });

  test.each(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])("%s: 405", async (method) => {
    const answer = await answerOf(url(), { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  test.each(["Topic", "Shop-Domain", "Webhook-Id"])("signed, but without %s: 400 naming it", async (name) => {
    const before = await countDeliveries();
    expect(await answerOf(url(), aDelivery({ topic, without: [name] }))).toMatchObject({
      status: 400,
      body: {
        error: { code: "VALIDATION", message: expect.stringContaining(`X-Shopify-${name}`) as string },
      },
    });
    expect(await countDeliveries()).toBe(before);
  });

  test.each(["X-Shopify-", "shopify-"] as const)(
    "signed, headers %s…: 200 with nothing to say",
    async (family) => {
      const before = (await countDeliveries()) ?? 0;
      const answer = await answerOf(url(), aDelivery({ topic, family, body: id }));
      expect(answer).toMatchObject({ status: 200, body: null });
      expect(await countDeliveries()).toBe(before + 1);
    },
  );

  test("over 10 MB, told beforehand: 413", async () => {
    const body = new Uint8Array(tenMegabytes + 1).fill(0x20);
    expect((await answerOf(url(), aDelivery({ topic, body }))).status).toBe(413);
  });
});

describe("a long body", () => {
  test("of exactly 10 MB is stored", async () => {
    const order = JSON.stringify(anOrderPayload({ id: 99, admin_graphql_api_id: null }));
    const body = order.padEnd(tenMegabytes);
    expect((await answerOf(`${served.url}/api/webhooks/shopify/orders`, aDelivery({ body }))).status).toBe(
      200,
    );
    const { rows } = await database.db.pool.query(
      `select length("rawData") as length from "ShopifyOrderCache" where id = '99'`,
    );
    expect(rows).toEqual([{ length: tenMegabytes }]);
  });

  test("that grows past 10 MB on the way is not read to its end: 413", async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await nextTurn(); // as from a network: the answer gets its turn between two chunks
        sentBytes += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const { headers } = aDelivery({});
    const init = { method: "POST", headers, body: endless, duplex: "half" } as RequestInit;
    expect((await answerOf(`${served.url}/api/webhooks/shopify/orders`, init)).status).toBe(413);
    expect(sentBytes).toBeLessThan(2 * tenMegabytes);
  });
});

describe("S12: secrets", () => {
  async function answerWith(environment: Record<string, string>, delivery: RequestInit) {
    const other = await serveWebhookRoutes(aWebhookContext(database.db, environment));
    try {
      return await answerOf(`${other.url}/api/webhooks/shopify/orders`, delivery);
    } finally {
      await other.close();
    }
  }
  afterAll(() => {
    // What the routes answer with is the context of the server started last.
    (globalThis as { erpSyncContext?: unknown }).erpSyncContext = undefined;
  });

  test.each([
    ["unsigned", aDelivery({ secret: null })],
    ["signed with an empty secret", aDelivery({ secret: "" })],
    ["signed with any secret", aDelivery()],
  ])("none configured, %s: 503, never accepted", async (_, delivery) => {
    const before = await countDeliveries();
    expect(await answerWith({}, delivery)).toMatchObject({
      status: 503,
      body: { error: { code: "SHOPIFY_NOT_CONFIGURED", message: "Shopify is not configured" } },
    });
    expect(await countDeliveries()).toBe(before);
  });

  test("during a rotation the new and the old one are good, and no third", async () => {
    const rotating = { ...appEnvironment, SHOPIFY_API_SECRET: "new", SHOPIFY_API_SECRET_OLD: aSecret };
    expect((await answerWith(rotating, aDelivery({ secret: "new" }))).status).toBe(200);
    expect((await answerWith(rotating, aDelivery({ secret: aSecret }))).status).toBe(200);
    expect((await answerWith(rotating, aDelivery({ secret: "third" }))).status).toBe(401);
  });

  test("after it, the old one is refused", async () => {
    const rotated = { ...appEnvironment, SHOPIFY_API_SECRET: "new" };
    expect((await answerWith(rotated, aDelivery({ secret: aSecret }))).status).toBe(401);
  });

  const byHand = { SHOPIFY_WEBHOOK_SECRET: "by hand", SHOPIFY_SHOP_DOMAIN: "kurta-house.myshopify.com" };

  test.each([
    ["beside the app's own", { ...appEnvironment, ...byHand }],
    ["of a single shop", { ...byHand, SHOPIFY_ACCESS_TOKEN: "token of a custom app" }],
  ])("that of webhooks made by hand in the store's admin, %s: 200 for that store", async (_, environment) => {
    expect((await answerWith(environment, aDelivery({ secret: "by hand" }))).status).toBe(200);
    const before = await countDeliveries();
    const another = aDelivery({ secret: "by hand", shop: "another.myshopify.com" });
    expect(await answerWith(environment, another)).toMatchObject({
      status: 401,
      body: { error: { code: "HMAC_FAILED" } },
    });
    expect(await countDeliveries()).toBe(before);
  });

  test("it tells nothing of the app or of persons, beside the app's own secret; that tells both", async () => {
    const environment = { ...appEnvironment, ...byHand };
    for (const topic of ["app/uninstalled", "app/scopes_update", "customers/redact", "shop/redact"]) {
      expect((await answerWith(environment, aDelivery({ topic, secret: "by hand" }))).status).toBe(401);
      expect((await answerWith(environment, aDelivery({ topic, secret: aSecret }))).status).toBe(200);
    }
  });
});
