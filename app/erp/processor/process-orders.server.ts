import type { PoolClient } from "pg";
import type { CacheEntry, Slot } from "#app/cache/claim-pending.server.ts";
import type { DoneEntry } from "#app/cache/mark-processed.server.ts";
import { describeFailure, type BatchHandler } from "#app/cache/process-batches.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import type { DecodedFulfillmentOrder } from "#app/shopify/codecs/order-parts.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";
import {
  mergeOrderSlots,
  type OrderSlot,
  type OrderSnapshot,
} from "#app/shopify/codecs/merge-order-slots.ts";
import { createNewOrderWithLines, handleExistingOrderUpdate } from "#app/erp/orders/write-orders.server.ts";
import { loadOrderContext } from "./load-order-context.server.ts";
import { processOrderWithContext, type OrderPlan } from "./process-order-with-context.server.ts";

type Failed = { id: string; code: string; text: string; retry: boolean };

/**
 * A batch of cached orders into ERP rows: gather (a handful of questions), decide (in memory), apply (a handful of
 * set-based writes). An order that cannot be read or has no SKU fails by itself; the others go through.
 */
export const processOrders: BatchHandler = async (tx, { shop, entries, now }) => {
  // Once a batch, not once a drain: rules saved in the middle of a long one hold from then on.
  const settings = await loadSettings(tx, { shop, keep: true });
  const failed: Failed[] = [];
  const fulfillmentOrders = await loadFulfillmentOrders(tx, shop, entries);
  const orders = collect(entries, failed, (entry) => readEntry(entry, fulfillmentOrders.get(entry.id) ?? []));
  const context = await loadOrderContext(tx, { shop, orders, settings, now });
  const plans = collect(orders, failed, (order) => processOrderWithContext(order, context));
  await applyPlans(tx, shop, plans, now);
  return { done: plans.map(asDone), failed };
};

/** Runs `work` on each; one that throws fails with its own reason. */
function collect<In extends { id: string }, Out>(
  items: readonly In[],
  failed: Failed[],
  work: (item: In) => Out,
): Out[] {
  const results: Out[] = [];
  for (const item of items) {
    try {
      results.push(work(item));
    } catch (error) {
      failed.push({ id: item.id, ...describeFailure(error) });
    }
  }
  return results;
}

/** All that is known of one order: the newest payload of each shape, and its fulfilment orders. */
function readEntry(entry: CacheEntry, fulfillmentOrders: readonly string[]): OrderSnapshot {
  const slots = [
    {
      shape: entry.rawShape,
      rawData: entry.rawData,
      shopifyUpdatedAt: entry.shopifyUpdatedAt,
      triggeredAt: entry.triggeredAt,
    },
    ...entry.slots,
  ];
  const decoded: DecodedFulfillmentOrder[] = fulfillmentOrders.map(decodeFulfillmentOrder);
  const order = mergeOrderSlots(readSlots(slots), decoded);
  return withWhatWasSeen(order, entry);
}

/**
 * The slots that can be read. The newest has to be: an older one that cannot adds nothing that would be news, and must
 * not stop what is newer.
 */
function readSlots(slots: readonly Slot[]): OrderSlot[] {
  const read: OrderSlot[] = [];
  for (const { shape, rawData, ...times } of newestFirst(slots)) {
    try {
      read.push({ shape, ...times, decoded: decodeOrder(shape, rawData) });
    } catch (error) {
      if (read.length === 0) throw error;
    }
  }
  return read;
}

/** What payloads that no slot holds any more had shown, and what only grows. */
function withWhatWasSeen(
  order: OrderSnapshot,
  { gatewaysSeen, movedFulfillments }: CacheEntry,
): OrderSnapshot {
  if (gatewaysSeen.length === 0 && movedFulfillments.length === 0) return order;
  return {
    ...order,
    gatewaysSeen: [...new Set([...order.gatewaysSeen, ...gatewaysSeen])].sort(),
    movedFulfillments: [...new Set([...order.movedFulfillments, ...movedFulfillments])].sort(),
  };
}

async function loadFulfillmentOrders(
  tx: PoolClient,
  shop: string,
  entries: readonly CacheEntry[],
): Promise<Map<string, string[]>> {
  const { rows } = await tx.query<{ orderId: string; rawData: string }>({
    name: "load-fulfillment-orders",
    text: `SELECT "orderId", "rawData" FROM "ShopifyFulfillmentOrderCache" WHERE shop = $1 AND "orderId" = ANY($2) ORDER BY id`,
    values: [shop, entries.map(({ id }) => id)],
  });
  const byOrder = new Map<string, string[]>();
  for (const { orderId, rawData } of rows) {
    const list = byOrder.get(orderId);
    if (list) list.push(rawData);
    else byOrder.set(orderId, [rawData]);
  }
  return byOrder;
}

/** Writes what changed, and tells the feed (never of test orders), in the caller's transaction. */
export async function applyPlans(
  tx: PoolClient,
  shop: string,
  plans: readonly OrderPlan[],
  now: Date,
): Promise<void> {
  const created = plans.filter(({ outcome }) => outcome === "created");
  const updated = plans.filter(({ outcome }) => outcome === "updated");
  if (created.length > 0) await createNewOrderWithLines(tx, created, now);
  if (updated.length > 0) await handleExistingOrderUpdate(tx, shop, updated, now);
  const tell = (change: "created" | "updated") => (plan: OrderPlan) =>
    ({
      entity: "order",
      entityId: plan.id,
      change,
      parts: change === "created" ? [] : plan.changed,
    }) as const;
  const told = (plan: OrderPlan) => !plan.test;
  await recordChanges(tx, {
    shop,
    changes: [...created.filter(told).map(tell("created")), ...updated.filter(told).map(tell("updated"))],
    now,
  });
}

function asDone({ id, outcome, paymentMethod, gatewaysSeen, needsFetch }: OrderPlan): DoneEntry {
  return { id, outcome, paymentMethod, gatewaysSeen, needsFetch };
}
