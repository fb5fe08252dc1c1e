import type { Pool, PoolClient } from "pg";
import type { CacheKind } from "#app/cache/cache-tables.ts";
import { ingestPutAside } from "#app/cache/ingest-delivery.server.ts";
import { handleOrHalve } from "#app/cache/handle-or-halve.server.ts";
import type { IncomingPayload } from "#app/cache/payload.ts";
import { claimNews, failNews, holdNews, settleNews, type NewsDelivery } from "#app/cache/news-log.server.ts";
import { describeFailure } from "#app/cache/process-batches.server.ts";
import { saveLocation } from "#app/cache/save-location.server.ts";
import { isOnlyFetched, newsWish } from "#app/cache/news-wish.ts";
import type { FetchKind } from "#app/cache/fetch-wishes.server.ts";
import { wishFor, type Wish } from "#app/cache/wish-for.server.ts";
import { findLevelsOfItem } from "#app/erp/inventory/find-levels-of-item.server.ts";
import { mergeCustomers } from "#app/erp/customers/merge-customers.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { decodeBody } from "#app/shopify/webhooks/decode-body.ts";
import { readNews, type News } from "#app/shopify/webhooks/read-news.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";

/** News about the app itself or about a person: each has its own transactions, which may touch the delivery log too. */
export type AppNewsHandlers = {
  uninstall(news: { shop: string; at: Date; now: Date }): Promise<void>;
  scopes(news: { shop: string; body: Body; now: Date }): Promise<void>;
  privacy(news: { shop: string; topic: string; body: Buffer; receivedAt: Date; now: Date }): Promise<void>;
};

type Body = Readonly<Record<string, unknown>>;
/** A record that was put aside when it came, because the processor held its entry. */
type PutAside = { asks: "record"; kind: CacheKind; payload: IncomingPayload };
type Read = { delivery: NewsDelivery; body: Body; news: News | PutAside };
type Light = Exclude<Read["news"]["asks"], "record" | "merge" | "uninstall" | "scopes" | "privacy">;

const BATCH = 200;
/** An order's own webhook comes with the news of its pieces, mostly within seconds: asking at once would be asking in vain. */
const PATIENCE_MS = 15_000;

/**
 * Handles what webhooks told without being records, of one shop: wishes for the records they name,
 * locations, merged customers, and what concerns the app or a person. Each piece is done once: it is marked in the transaction
 * that does it, or, where there are several, doing it again changes nothing. One that cannot be done holds no other back.
 * @returns how many pieces were taken
 */
export async function handleNews(
  pool: Pool,
  { shop, now, handlers }: { shop: string; now: Date; handlers: AppNewsHandlers },
): Promise<number> {
  const { taken, alone } = await inRepeatedTransaction(pool, async (tx) => {
    const claimed = await claimNews(tx, { shop, now, limit: BATCH });
    const read: Read[] = [];
    for (const delivery of claimed) {
      const one = readDelivery(delivery);
      if ("failure" in one) await failNews(tx, { shop, delivery, failure: one.failure, now });
      else read.push(one);
    }
    const light = read.filter(isLight);
    const { failed } = await handleOrHalve(tx, light, (part) =>
      handleTogether(tx, { shop, read: part, now }),
    );
    for (const { item, error } of failed)
      await failNews(tx, { shop, delivery: item.delivery, failure: describeFailure(error), now });
    const notDone = new Set(failed.map(({ item }) => item));
    const done = light.filter((one) => !notDone.has(one));
    await settleNews(tx, { shop, webhookIds: done.map(({ delivery }) => delivery.webhookId), now });
    return { taken: claimed.length, alone: read.filter((one) => !isLight(one)) };
  });
  for (const one of alone) await handleAlone(pool, { shop, one, now, handlers });
  return taken;
}

function readDelivery(
  delivery: NewsDelivery,
): Read | { failure: { code: string; text: string; retry: boolean } } {
  const unreadable = (text: string) => ({ failure: { code: "PAYLOAD_UNREADABLE", text, retry: false } });
  const decoded = decodeBody(delivery.body);
  if ("problem" in decoded) return unreadable(decoded.problem);
  const topic = webhookTopics.get(delivery.topic);
  if (topic?.carries === "record" && topic.kind !== null) {
    const record = readRecord(topic.kind, decoded.record);
    if ("problem" in record) return unreadable(record.problem);
    const payload = {
      ...record,
      ...{ shape: "rest" as const, raw: decoded.raw, triggeredAt: delivery.triggeredAt },
    };
    const news = { asks: "record" as const, kind: topic.kind, payload };
    return { delivery, body: decoded.record, news };
  }
  const news = readNews(delivery.topic, decoded.record);
  if (news === null) return unreadable(`The topic ${delivery.topic} brings no news`);
  if ("problem" in news) return unreadable(news.problem);
  return { delivery, body: decoded.record, news };
}

function isLight(one: Read): one is Read & { news: Read["news"] & { asks: Light } } {
  return !["record", "merge", "uninstall", "scopes", "privacy"].includes(one.news.asks);
}

async function handleTogether(
  tx: PoolClient,
  { shop, read, now }: { shop: string; read: readonly Read[]; now: Date },
): Promise<void> {
  const named = new Map<FetchKind, Wish[]>();
  const name = (kind: FetchKind, id: string, { topic, at }: NewsDelivery) => {
    const patience = isOnlyFetched(topic) ? {} : { due: new Date(now.getTime() + PATIENCE_MS) };
    named.set(kind, [...(named.get(kind) ?? []), { id, reason: newsWish(topic), at, ...patience }]);
  };
  for (const { delivery, news } of read) {
    const { at } = delivery;
    if (news.asks === "fetch") name(news.kind, news.id, delivery);
    else if (news.asks === "location") await saveLocation(tx, { shop, location: news.location, at });
    else if (news.asks === "item") {
      const { locationIds, productId } = await findLevelsOfItem(tx, { shop, itemId: news.itemId });
      if (news.isGone)
        for (const locationId of locationIds) name("inventory", `${news.itemId}@${locationId}`, delivery);
      if (productId !== null) name("product", productId, delivery);
    }
  }
  for (const kind of [...named.keys()].sort())
    await wishFor(tx, { shop, kind, wishes: named.get(kind) ?? [] });
}

async function handleAlone(
  pool: Pool,
  { shop, one, now, handlers }: { shop: string; one: Read; now: Date; handlers: AppNewsHandlers },
): Promise<void> {
  const { delivery, body, news } = one;
  const { webhookId, topic, at, receivedAt } = delivery;
  try {
    if (news.asks === "record") {
      // One record a transaction: several would be locked in the order they came, and others lock in the order of ids.
      await inRepeatedTransaction(pool, async (tx) => {
        if (await holdNews(tx, { shop, webhookId }))
          await ingestPutAside(tx, { shop, webhookId, now, ...news });
      });
      // It is processed when its entry is.
      return;
    }
    if (news.asks === "merge") {
      await inRepeatedTransaction(pool, async (tx) => {
        await mergeCustomers(tx, { shop, keptShopifyId: news.keptId, goneShopifyId: news.goneId, now });
        await settleNews(tx, { shop, webhookIds: [webhookId], now });
      });
      return;
    }
    if (news.asks === "uninstall") await handlers.uninstall({ shop, at, now });
    else if (news.asks === "scopes") await handlers.scopes({ shop, body, now });
    else if (news.asks === "privacy")
      await handlers.privacy({ shop, topic, body: delivery.body, receivedAt, now });
    await settleNews(pool, { shop, webhookIds: [webhookId], now });
  } catch (error) {
    await failNews(pool, { shop, delivery, failure: describeFailure(error), now });
  }
}
