import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { SimNode } from "#simulator/store/types.ts";
import type { RawWebhook } from "#simulator/webhooks/webhook-delivery.ts";

/** A record by its head that no codec can read: it fails in the processor, alone. */
export const UNREADABLE_ORDER = "999999001";

/** Bodies that are signed and make no sense: five that nobody can read, and an order whose lines are no list. */
export function poisonOf(order: SimNode): RawWebhook[] {
  const unreadable = {
    ...(renderRestOrder(order) as Record<string, unknown>),
    id: Number(UNREADABLE_ORDER),
    admin_graphql_api_id: `gid://shopify/Order/${UNREADABLE_ORDER}`,
    line_items: "none",
  };
  return [
    { topic: "orders/updated", body: "not JSON" },
    { topic: "orders/updated", body: Buffer.from([0x7b, 0xc3, 0x28, 0x7d]) },
    { topic: "orders/updated", body: '{"id":1,"note":"\0"}' },
    { topic: "orders/updated", body: '{"name":"without an id"}' },
    { topic: "refunds/create", body: '{"id":5}' },
    { topic: "orders/create", body: JSON.stringify(unreadable) },
  ];
}
