import type { Db } from "#app/lib/db.server.ts";
import type { CacheEntry, Slot } from "#app/cache/claim-pending.server.ts";
import { parseObject } from "#app/shopify/codecs/forget-order-person.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";
import { readWhatOnlyGrows } from "#app/shopify/codecs/read-what-only-grows.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { loadWaitingBodies, type WaitingBody } from "./find-person.server.ts";

/** An order's entry as it is, null where there is none yet, and as it will be when what waits for it in the delivery log has come in. */
export type WholeEntry = { id: string; whole: CacheEntry; alone: CacheEntry | null };

/**
 * Entries of these orders, processed or not: the rules may not have seen the newest payload yet. With them go the records that
 * were put aside in the delivery log, which may be the newest there is, or the only one.
 */
export async function loadWholeEntries(
  tx: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<WholeEntry[]> {
  // The log first: what goes from there into its entry meanwhile is then read twice, and not missed.
  const waiting = await loadWaitingBodies(tx, { shop, orderIds });
  const entries = await loadEntries(tx, shop, orderIds);
  const records = Map.groupBy(waiting.flatMap(recordOf), ({ id }) => id);
  const alone = new Map(entries.map((entry) => [entry.id, entry]));
  const ids = [...new Set([...alone.keys(), ...records.keys()])].sort();
  return ids.flatMap((id) => {
    const entry = alone.get(id) ?? null;
    const whole = withRecords(entry, records.get(id) ?? []);
    return whole ? [{ id, whole, alone: entry }] : [];
  });
}

async function loadEntries(tx: Db, shop: string, orderIds: readonly string[]): Promise<CacheEntry[]> {
  const { rows } = await tx.query<CacheEntry>(
    `SELECT id, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt", "contentHash", attempts, "gatewaysSeen",
       "movedFulfillments", "deletedAt", '{}'::text[] AS slots FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY($2) ORDER BY id`,
    [shop, orderIds],
  );
  const slots = await tx.query<Slot & { id: string }>(
    `SELECT id, shape, "rawData", "shopifyUpdatedAt", "triggeredAt" FROM "ShopifyCacheSlot"
     WHERE shop = $1 AND kind = 'order' AND id = ANY($2)`,
    [shop, orderIds],
  );
  const byOrder = Map.groupBy(slots.rows, ({ id }) => id);
  return rows.map((entry) => ({ ...entry, slots: byOrder.get(entry.id) ?? [] }));
}

type Told = Slot & { id: string };

/** Of what waits only entire records say how an order is paid; news makes it be fetched. */
function recordOf({ topic, text, triggeredAt }: WaitingBody): Told[] {
  const about = webhookTopics.get(topic);
  const body = about?.carries === "record" && about.kind === "order" ? parseObject(text) : null;
  const record = body && readRecord("order", body);
  if (!record || "problem" in record) return [];
  const { id, shopifyUpdatedAt } = record;
  return [
    {
      ...{ id, shape: "rest", rawData: text, triggeredAt },
      shopifyUpdatedAt: shopifyUpdatedAt === null ? null : new Date(shopifyUpdatedAt),
    },
  ];
}

/** As the door would place them: of webhooks the newest speaks, and the gateways that older ones named stay seen. */
function withRecords(entry: CacheEntry | null, records: readonly Told[]): CacheEntry | null {
  const id = entry?.id ?? records[0]?.id;
  if (id === undefined || records.length === 0) return entry;
  const all = newestFirst([...(entry ? [mainOf(entry), ...entry.slots] : []), ...records]);
  const kept = all.filter((slot, at) => all.findIndex(({ shape }) => shape === slot.shape) === at);
  const left = all.filter((slot) => !kept.includes(slot));
  const [main, ...slots] = kept;
  if (main === undefined) return entry;
  const named = left.flatMap(({ shape, rawData }) => readWhatOnlyGrows(shape, rawData).gateways);
  return {
    ...{ id, contentHash: "", attempts: 0, deletedAt: entry?.deletedAt ?? null },
    ...{ rawData: main.rawData, rawShape: main.shape, slots },
    ...{ shopifyUpdatedAt: main.shopifyUpdatedAt, triggeredAt: main.triggeredAt },
    gatewaysSeen: [...(entry?.gatewaysSeen ?? []), ...named],
    movedFulfillments: entry?.movedFulfillments ?? [],
  };
}

function mainOf({ rawShape, rawData, shopifyUpdatedAt, triggeredAt }: CacheEntry): Slot {
  return { shape: rawShape, rawData, shopifyUpdatedAt, triggeredAt };
}
