import type { PoolClient } from "pg";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { loadOrderContext } from "./load-order-context.server.ts";
import { processOrderWithContext, type OrderPlan } from "./process-order-with-context.server.ts";
import { applyPlans } from "./process-orders.server.ts";

/** One order, looking the ERP up in the database; the same path as a batch. Used for webhooks and single retries. */
export async function processShopifyOrderToERP(
  tx: PoolClient,
  { shop, order, settings, now }: { shop: string; order: OrderSnapshot; settings: LoadedSettings; now: Date },
): Promise<OrderPlan["outcome"]> {
  const context = await loadOrderContext(tx, { shop, orders: [order], settings, now });
  const plan = processOrderWithContext(order, context);
  await applyPlans(tx, shop, [plan], now);
  return plan.outcome;
}
