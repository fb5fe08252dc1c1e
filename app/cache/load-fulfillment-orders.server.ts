import type { Db } from "#app/lib/db.server.ts";

/** The cached fulfilment orders of some orders, as they came: order id → payloads. */
export async function loadFulfillmentOrders(
  db: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ orderId: string; rawData: string }>({
    name: "load-fulfillment-orders",
    text: `SELECT "orderId", "rawData" FROM "ShopifyFulfillmentOrderCache" WHERE shop = $1 AND "orderId" = ANY($2) ORDER BY id`,
    values: [shop, orderIds],
  });
  const byOrder = new Map<string, string[]>();
  for (const { orderId, rawData } of rows) {
    const list = byOrder.get(orderId);
    if (list) list.push(rawData);
    else byOrder.set(orderId, [rawData]);
  }
  return byOrder;
}
