import { told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

/** What takes money without an online gateway, though no merchant marks it as paid by hand. */
const OFFLINE = ["manual", "cash", "gift_card", "shopify_store_credit", "external_credit"];

/**
 * Deletes an order, which Shopify lets only with archived and cancelled ones that no online gateway took money for
 * (its words; test orders may go). The first words are assumed. Assumed: its customer is not told.
 */
export function deleteOrder(shop: LiveShop, act: { order: string }): ActDone {
  const order = shop.store.node(act.order);
  if (order?.__typename !== "Order") return refuse("Order does not exist");
  const draft = shop.store.draftOf(act.order);
  if (order["closedAt"] === null && order["cancelledAt"] === null)
    refuse("Only archived or canceled orders can be deleted");
  const brokered = (draft?.transactions ?? []).some(
    (one) => !one.manual && one.status === "SUCCESS" && !OFFLINE.includes(one.gateway ?? "manual"),
  );
  if (brokered && order["test"] !== true) refuse("Cannot delete orders brokered by Shopify");
  // The customer is touched before the order goes, so that its list knows what it loses.
  const customer = draft?.customerGid ?? null;
  shop.customers.moved(order.id, customer, customer);
  shop.store.remove(order.id);
  shop.customers.moved(order.id, customer, null);
  return { id: order.id, happenings: [told("orders/delete", order)] };
}
