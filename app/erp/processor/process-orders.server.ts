import type { PoolClient } from "pg";
import type { DoneEntry } from "#app/cache/mark-processed.server.ts";
import { describeFailure, type BatchHandler } from "#app/cache/process-batches.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { wakePartPayments } from "#app/outbox/wake-part-payments.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { createNewOrderWithLines, handleExistingOrderUpdate } from "#app/erp/orders/write-orders.server.ts";
import { loadFulfillmentOrders } from "#app/cache/load-fulfillment-orders.server.ts";
import { readOrderEntry } from "./read-order-entry.ts";
import { loadOrderContext } from "./load-order-context.server.ts";
import { processOrderWithContext, type OrderPlan } from "./process-order-with-context.server.ts";

type Failed = { id: string; code: string; text: string; retry: boolean };

/**
 * A batch of cached orders into ERP rows: gather (a handful of questions), decide (in memory), apply (a handful of
 * set-based writes). An order that cannot be read or has no SKU fails by itself; the others go through.
 */
export const processOrders: BatchHandler = async (tx, batch) => {
  const { plans, failed } = await planOrders(tx, batch);
  await applyPlans(tx, batch.shop, plans, batch.now);
  return { done: plans.map(asDone), failed };
};

/** Gather and decide: what is to be written for each order. Only what orders tell of customers and of SKUs that are gone is written. */
export async function planOrders(
  tx: PoolClient,
  { shop, entries, now }: Parameters<BatchHandler>[1],
): Promise<{ plans: OrderPlan[]; failed: Failed[] }> {
  // Once a batch, not once a drain: rules saved in the middle of a long one hold from then on.
  const settings = await loadSettings(tx, { shop, keep: true });
  const failed: Failed[] = [];
  const fulfillmentOrders = await loadFulfillmentOrders(tx, { shop, orderIds: entries.map(({ id }) => id) });
  const orders = collect(entries, failed, (entry) =>
    readOrderEntry(entry, fulfillmentOrders.get(entry.id) ?? []),
  );
  const context = await loadOrderContext(tx, { shop, orders, settings, now });
  const plans = collect(orders, failed, (order) => processOrderWithContext(order, context));
  return { plans, failed };
}

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

/** Writes what changed, and tells the feed (never of test orders) and Shopify of what is all paid now, in the caller's transaction. */
export async function applyPlans(
  tx: PoolClient,
  shop: string,
  plans: readonly OrderPlan[],
  now: Date,
): Promise<void> {
  const created = plans.filter(({ outcome }) => outcome === "created");
  const updated = plans.filter(({ outcome }) => outcome === "updated");
  if (created.length > 0) await createNewOrderWithLines(tx, created, now);
  const ids = await handleExistingOrderUpdate(tx, shop, updated, now);
  const tell = (change: "created" | "updated") => (plan: OrderPlan) =>
    ({
      entity: "order",
      entityId: plan.id,
      change,
      parts: change === "created" ? [] : plan.changed,
      ids: ids.get(plan.id) ?? {},
    }) as const;
  const receipts = plans.flatMap(({ id: orderId, makesAll: receiptId }) =>
    receiptId === null ? [] : [{ orderId, receiptId }],
  );
  await wakePartPayments(tx, { shop, receipts });
  const told = (plan: OrderPlan) => !plan.test;
  await recordChanges(tx, {
    shop,
    changes: [...created.filter(told).map(tell("created")), ...updated.filter(told).map(tell("updated"))],
    now,
  });
}

/** How an order's entry is marked once its plan is written. */
export function asDone({ id, outcome, paymentMethod, gatewaysSeen, needsFetch }: OrderPlan): DoneEntry {
  return { id, outcome, paymentMethod, gatewaysSeen, needsFetch };
}
