import type { Pool } from "pg";

/**
 * Another shop's orders in every table our road writes, with narrow payloads: so many rows that the depth of the
 * indexes, if it costs anything, is seen.
 */
export async function prefill(pool: Pool, orders: number): Promise<void> {
  const ids = (per: number) =>
    `FROM generate_series(1, ${String(orders)}) AS n${per > 1 ? `, generate_series(1, ${String(per)}) AS p` : ""}`;
  const order = `'prefill.myshopify.com', (6000000000000 + n::bigint * 32771)::text`;
  const statements = [
    `INSERT INTO "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "shopifyUpdatedAt", "contentHash", source, "receivedAt", "orderNumber", "processedAt")
     SELECT ${order}, repeat(md5(n::text), 12), 'bulk', now(), md5(n::text), 'dump', now() - n * interval '1 second', '#' || n, now() ${ids(1)}`,
    `INSERT INTO "Order" (shop, "shopifyOrderId", "orderNumber", status, currency, "totalAmount", "currentTotalAmount", "subtotalAmount",
       "discountAmount", "taxAmount", "shippingAmount", "tipAmount", "dutiesAmount", "receivedAmount", "refundedAmount", "outstandingAmount",
       "presentmentCurrency", "presentmentTotalAmount", "presentmentCurrentTotalAmount", "presentmentOutstandingAmount", "moneyDifference",
       "presentmentMoneyDifference", "taxesIncluded", "paymentMethod", "amountToCollect", "orderDate", "shopifyCreatedAt", "outputHash")
     SELECT ${order}, '#' || n, 'delivered', 'INR', n, n, n, 0, 0, 0, 0, 0, n, 0, 0, 'INR', n, n, 0, 0, 0, true, 'Prepaid', 0,
       now() - n * interval '1 second', now(), md5(n::text) ${ids(1)}`,
    `INSERT INTO "OrderLine" (shop, "shopifyOrderId", "shopifyLineId", position, "skuId", title, qty, "unitPrice", "lineTotal", "discountAmount", "taxAmount", "lineStatus")
     SELECT ${order}, (13000000000000 + n * 3 + p)::text, p, md5((n % 5000)::text), 'A line', 1, n, n, 0, 0, 'delivered' ${ids(2)}`,
    `INSERT INTO "OrderCharge" (shop, "shopifyOrderId", position, kind, amount, "presentmentAmount")
     SELECT ${order}, p, 'item', n, n ${ids(4)}`,
    `INSERT INTO "OrderPayment" (shop, "shopifyOrderId", "shopifyTransactionId", kind, status, amount, "presentmentAmount")
     SELECT ${order}, n::text, 'SALE', 'SUCCESS', n, n ${ids(1)}`,
    `INSERT INTO "Parcel" (shop, "shopifyOrderId", id, state, origin, "awbNumber") SELECT ${order}, n::text, 'delivered', 'shopify', n::text ${ids(1)}`,
    `INSERT INTO "ParcelLine" (shop, "shopifyOrderId", "parcelId", "shopifyLineId", qty)
     SELECT ${order}, n::text, (13000000000000 + n * 3 + p)::text, 1 ${ids(2)}`,
    `INSERT INTO "ChangeFeed" (shop, entity, "entityId", change) SELECT 'prefill.myshopify.com', 'order', n::text, 'created' ${ids(1)}`,
  ];
  for (const sql of statements) await pool.query(sql);
  await pool.query("VACUUM ANALYZE");
}
