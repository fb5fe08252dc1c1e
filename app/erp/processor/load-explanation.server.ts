import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadFulfillmentOrders } from "#app/cache/load-fulfillment-orders.server.ts";
import { loadOrderPayloads } from "#app/cache/load-order-payloads.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { loadOrderFacts } from "#app/erp/facts/load-order-facts.server.ts";
import { explainOrder, type OrderExplanation } from "./explain-order.ts";
import { readOrderEntry, readOrderSlots } from "./read-order-entry.ts";

/**
 * Why one order is as it is; reads, and changes nothing.
 * @throws AppError NOT_FOUND where the shop has no such order, PAYLOAD_UNREADABLE when its newest payload cannot be read
 */
export async function loadExplanation(
  db: Db,
  { shop, orderId, now }: { shop: string; orderId: string; now: Date },
): Promise<OrderExplanation> {
  const payloads = await loadOrderPayloads(db, { shop, orderId });
  if (payloads === null) throw new AppError("NOT_FOUND", `There is no order ${orderId} in this shop`);
  const { entry, history } = payloads;
  const settings = await loadSettings(db, { shop });
  const fulfillmentOrders = (await loadFulfillmentOrders(db, { shop, orderIds: [orderId] })).get(orderId);
  const facts = (await loadOrderFacts(db, { shop, orderIds: [orderId] })).get(orderId);
  return explainOrder(readOrderEntry(entry, fulfillmentOrders ?? []), readOrderSlots(entry).read, history, {
    ...{ settings, facts, now, cutOverAt: settings.cutOverAt },
  });
}
