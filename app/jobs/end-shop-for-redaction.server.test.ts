/** shop/redact of a shop whose uninstall was never told: it is forgotten, unless something proves that it has the app again. */
import { expect } from "vitest";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { loadPrivacyRequests } from "#app/routes/load-privacy-requests.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { zubeida, textsOf } from "#tests/fixtures/a-person.ts";
import { makeKnown } from "#tests/fixtures/a-shop-that-knows.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { connectedTest, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";
import { appNewsHandlers } from "./app-news-handlers.server.ts";
import { handleNews } from "./handle-news.server.ts";
import type { JobContext } from "./job-context.server.ts";

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

const test = connectedTest.extend("aShop", ({ connect }) => async () => {
  const shop = await connect();
  await makeKnown(shop.pool, shop.shop, zubeida);
  // What makeKnown leaves to be handled is another story.
  await shop.pool.query(`UPDATE "WebhookDelivery" SET "processedAt" = now()`);
  const context = { ...shop.context, waker: createBulkWaker(), workDir: "/nowhere" };
  return { ...shop, ...toldOf(shop, context) };
});

function toldOf({ shop, pool }: ConnectedShop, context: JobContext) {
  return {
    /** Installed a year ago; the last token issued so many hours ago. */
    lastSeen: async (hours: number) => {
      await pool.query(`UPDATE "Shop" SET "installedAt" = now() - interval '1 year' WHERE shop = $1`, [shop]);
      await pool.query(`UPDATE "Session" SET expires = $2 WHERE shop = $1`, [shop, ago(hours - 1)]);
    },
    /** Shopify's request comes and a worker handles it. */
    redact: async ({ fetch = context.fetch, env = context.env }: Partial<JobContext> = {}) => {
      const now = new Date();
      await ingestDelivery(pool, {
        ...{
          shop,
          topic: "shop/redact",
          webhookId: "w",
          eventId: null,
          apiVersion: "2026-10",
          triggeredAt: null,
        },
        ...{
          body: Buffer.from(`{"shop_id": 1}`),
          kind: null,
          recordId: null,
          payload: null,
          isNews: true,
          now,
        },
      });
      const handlers = appNewsHandlers({ ...context, env, ...(fetch && { fetch }) });
      await handleNews(pool, { shop, now, handlers });
    },
    /** The request as its page shows it, and whether the shop still works. */
    state: async () => {
      const requests = await loadPrivacyRequests(pool, { shop, now: new Date() });
      const request = requests.find(({ kind }) => kind === "shop_redact");
      const { rows } = await pool.query<Record<string, number | null>>(
        `SELECT (SELECT count(*) FROM "Session" WHERE shop = $1) AS sessions, (SELECT count(*) FROM "Shop" WHERE shop = $1) AS shops,
           (SELECT count(*) FROM "WebhookDelivery" WHERE shop = $1 AND topic = 'shop/redact' AND "nextRetryAt" IS NOT NULL) AS "toTryAgain"`,
        [shop],
      );
      const held = await tablesThatHold(pool, textsOf(zubeida));
      return { ...rows[0], outcome: request?.outcome, knowsHer: held.includes("ShopifyOrderCache"), request };
    },
  };
}

const ERASED = { outcome: "erased", knowsHer: false, sessions: 0, shops: 0, toTryAgain: 0 };
const KEPT = { outcome: "not erased", knowsHer: true, sessions: 1, shops: 1, toTryAgain: 0 };
const OPEN = { outcome: null, knowsHer: true, shops: 1, toTryAgain: 1 };

test("no token that Shopify accepts, and none issued since: it is uninstalled, then forgotten", async ({
  aShop,
}) => {
  const { lastSeen, simulator, redact, state } = await aShop();
  await lastSeen(60);
  await fetch(`${simulator.url}/control/revoke-tokens`, { method: "POST" });
  await redact();
  expect(await state()).toMatchObject(ERASED);
});

test("a token that Shopify accepts proves that the shop has the app", async ({ aShop }) => {
  const { lastSeen, redact, state } = await aShop();
  await lastSeen(60);
  await redact();
  const { request, ...rest } = await state();
  expect(rest).toEqual(KEPT);
  // It had ended, and was renewed to be asked with.
  expect(Date.parse(request?.installedAgainAt ?? "")).toBeGreaterThan(ago(1).getTime());
});

test("a token issued after the uninstall proves it too, also when it is refused just now", async ({
  aShop,
}) => {
  const { lastSeen, simulator, redact, state } = await aShop();
  await lastSeen(47);
  await fetch(`${simulator.url}/control/revoke-tokens`, { method: "POST" });
  await redact();
  const { request, ...rest } = await state();
  expect(rest).toEqual(KEPT);
  expect(Math.round((Date.now() - Date.parse(request?.installedAgainAt ?? "")) / HOUR_MS)).toBe(47);
});

test("while Shopify does not answer nothing is decided", async ({ aShop }) => {
  const { lastSeen, redact, state } = await aShop();
  await lastSeen(60);
  await redact({ fetch: () => Promise.reject(new Error("no network")) });
  expect(await state()).toMatchObject({ ...OPEN, sessions: 1 });
});

test("an app that is not set up cannot ask: the request waits until it is", async ({ aShop }) => {
  const { lastSeen, context, pool, simulator, redact, state } = await aShop();
  await lastSeen(60);
  await redact({ env: { ...context.env, shopify: null } });
  expect(await state()).toMatchObject({ ...OPEN, sessions: 1 });
  await pool.query(`UPDATE "WebhookDelivery" SET "nextRetryAt" = NULL`);
  await fetch(`${simulator.url}/control/revoke-tokens`, { method: "POST" });
  await redact();
  expect(await state()).toMatchObject(ERASED);
});

test("a job that is running ends first", async ({ aShop }) => {
  const { shop, pool, lastSeen, simulator, redact, state } = await aShop();
  await lastSeen(60);
  await fetch(`${simulator.url}/control/revoke-tokens`, { method: "POST" });
  const work = (heartbeatAt: string) =>
    pool.query(`UPDATE "SyncJob" SET status = 'running', "heartbeatAt" = ${heartbeatAt} WHERE shop = $1`, [
      shop,
    ]);
  await work("now()");
  await redact();
  expect(await state()).toMatchObject({ ...OPEN, sessions: 0 });
  const { rows } = await pool.query(`SELECT wish FROM "SyncJob" WHERE shop = $1`, [shop]);
  expect(rows).toEqual([{ wish: "cancel" }]);
  // Its worker is gone.
  await work("now() - interval '1 minute'");
  await pool.query(`UPDATE "WebhookDelivery" SET "nextRetryAt" = NULL WHERE shop = $1`, [shop]);
  await redact();
  expect(await state()).toMatchObject(ERASED);
});
