import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { handleNews, type AppNewsHandlers } from "#app/jobs/handle-news.server.ts";

export const shop = "loom.myshopify.com";
export const now = new Date("2026-11-22T10:00:00Z");
export const at = "2026-11-22T09:59:58.500Z";

/** News of a webhook comes in; its id. */
export async function tell(
  pool: Pool,
  topic: string,
  body: unknown,
  triggeredAt = at,
  of = shop,
): Promise<string> {
  const webhookId = randomUUID();
  await ingestDelivery(pool, {
    ...{
      shop: of,
      webhookId,
      eventId: null,
      topic,
      apiVersion: "2026-10",
      triggeredAt,
      kind: null,
      recordId: null,
    },
    ...{ payload: null, isNews: true, body: Buffer.from(JSON.stringify(body)), now },
  });
  return webhookId;
}

/** Where no news about the app or a person is meant to come. */
export const nobody: AppNewsHandlers = {
  uninstall: () => Promise.reject(new Error("not meant")),
  scopes: () => Promise.reject(new Error("not meant")),
  privacy: () => Promise.reject(new Error("not meant")),
};

/** One turn of the worker's. */
export const handle = (pool: Pool, handlers = nobody, when = now) =>
  handleNews(pool, { shop, now: when, handlers });

export const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;

/** What is to be fetched though no entry holds it. */
export const requests = (pool: Pool) =>
  rows(pool, `select kind, id, reason from "ShopifyFetchRequest" order by kind, id`);

/** What the delivery log says of each. */
export const log = (pool: Pool) =>
  rows(
    pool,
    `select topic, "processedAt", attempts, "errorCode", "quarantinedAt" is not null as aside from "WebhookDelivery" order by topic`,
  );
