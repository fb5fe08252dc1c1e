/** The road of every story here: what Shopify sends into the cache, what waits into ERP rows, rows looked at with SQL. */
import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import type { PayloadSource } from "#app/cache/cache-tables.ts";
import type { Tally } from "#app/cache/tally.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { handleNews } from "#app/jobs/handle-news.server.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { wordOrder, type OrderState, type Shape } from "./order-in-both-shapes.ts";

export const shop = "kurta-house.myshopify.com";
export const now = new Date("2026-11-22T10:00:00Z");

export type Row = Record<string, unknown>;

type News = { as?: Shape; source?: PayloadSource; topic?: string; triggeredAt?: string; webhookId?: string };

/** One state of an order on its way into the cache: delivered as a webhook, or as a record of a bulk file. */
export async function tell(pool: Pool, order: OrderState, news: News = {}): Promise<void> {
  const { as = "rest", source = "dump", topic = "orders/updated" } = news;
  const raw = wordOrder(order, as);
  if (as === "bulk") {
    const node = JSON.parse(raw) as Record<string, string>;
    const payload = {
      id: node["id"]!.slice("gid://shopify/Order/".length),
      shape: "bulk" as const,
      raw,
      shopifyUpdatedAt: node["updatedAt"]!,
      triggeredAt: null,
      header: {
        orderNumber: node["name"]!,
        financialStatus: node["displayFinancialStatus"]!,
        fulfillmentStatus: node["displayFulfillmentStatus"]!,
      },
    };
    await ingestPayloads(pool, { shop, kind: "order", source, payloads: [payload], now });
    return;
  }
  const body = JSON.parse(raw) as Record<string, unknown>;
  const record = readRecord("order", body);
  if ("problem" in record) throw new Error(record.problem);
  const triggeredAt = news.triggeredAt ?? String(body["updated_at"]);
  await ingestDelivery(pool, {
    shop,
    webhookId: news.webhookId ?? randomUUID(),
    eventId: null,
    topic,
    apiVersion: "2026-10",
    triggeredAt,
    body: Buffer.from(raw),
    kind: "order",
    recordId: record.id,
    isNews: false,
    payload: { ...record, shape: "rest", raw, triggeredAt },
    now,
  });
}

/** Products of one variant each, 90 to 94, synced. */
export async function stockCatalogue(
  pool: Pool,
  variantIds: readonly string[] = ["90", "91", "92", "93", "94"],
) {
  const payloads = variantIds.map((id) => ({
    id: `${id}0`,
    shape: "bulk" as const,
    raw: JSON.stringify({
      __typename: "Product",
      id: `gid://shopify/Product/${id}0`,
      updatedAt: "2026-11-01T10:00:00Z",
      title: `Kurta ${id}`,
      status: "ACTIVE",
      options: [],
      variants: [
        {
          __typename: "ProductVariant",
          id: `gid://shopify/ProductVariant/${id}`,
          title: "Default Title",
          sku: `SKU-${id}`,
          selectedOptions: [],
          inventoryItem: { id: `gid://shopify/InventoryItem/${id}` },
        },
      ],
    }),
    shopifyUpdatedAt: "2026-11-01T10:00:00Z",
    triggeredAt: null,
  }));
  await ingestPayloads(pool, { shop, kind: "product", source: "dump", payloads, now });
  await processPendingProducts(pool, { shop, limit: Infinity, now });
}

/** What the worker does: what was put aside while it held the entry, then what waits. */
export async function processOrders(pool: Pool): Promise<Tally> {
  const nobody = () => Promise.reject(new Error("not meant"));
  await handleNews(pool, { shop, now, handlers: { uninstall: nobody, scopes: nobody, privacy: nobody } });
  return processPendingOrders(pool, { shop, limit: Infinity, now });
}

type Fact = { kind: string; lineId?: string; parcelId?: string; qty?: number; details?: object };

/** What the ERP did with an order; the order is then computed again. */
export async function erpDid(pool: Pool, ...facts: readonly Fact[]): Promise<Tally> {
  for (const { kind, lineId = null, parcelId = null, qty = null, details = {} } of facts)
    await pool.query(
      `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, "shopifyLineId", "parcelId", qty, details, actor, at)
       VALUES ($1, '1001', $2, $3, $4, $5, $6, 'Ravi', $7)`,
      [shop, kind, lineId, parcelId, qty, JSON.stringify(details), now],
    );
  return processAgain(pool);
}

/** Everything computed once more from what is stored. */
export async function processAgain(pool: Pool): Promise<Tally> {
  await pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = NULL WHERE shop = $1`, [shop]);
  return processOrders(pool);
}

export async function rowsOf(pool: Pool, table: string, columns = "*"): Promise<Row[]> {
  const sql = `SELECT ${columns} FROM "${table}" one WHERE shop = $1 ORDER BY one::text`;
  return (await pool.query<Row>(sql, [shop])).rows;
}

/** The only order there is. */
export async function theOrder(pool: Pool): Promise<Row> {
  const orders = await rowsOf(pool, "Order");
  if (orders.length !== 1) throw new Error(`There are ${orders.length} orders`);
  return orders[0]!;
}

/** Quantities of its lines, by line id, those that are 0 left out. */
export async function theLines(pool: Pool): Promise<Record<string, Row>> {
  const rows = await rowsOf(pool, "OrderLine");
  return Object.fromEntries(
    rows.map((row) => [
      String(row["shopifyLineId"]),
      Object.fromEntries(
        Object.entries(row).filter(
          ([name, value]) => name === "lineStatus" || (/(^q|Q)ty$/.test(name) && value !== 0),
        ),
      ),
    ]),
  );
}

/** All that the ERP holds of the orders, but for the moment at which a parcel's row was written. */
export async function allOrderRows(pool: Pool): Promise<Record<string, Row[]>> {
  const tables = [
    "Order",
    "OrderLine",
    "OrderCharge",
    "OrderPayment",
    "Parcel",
    "ParcelLine",
    "ReturnCase",
  ] as const;
  const held: Record<string, Row[]> = {};
  for (const table of tables) held[table] = await rowsOf(pool, table);
  for (const parcel of held["Parcel"]!) delete parcel["createdAt"];
  held["gatewaysSeen"] = await rowsOf(pool, "ShopifyOrderCache", `id, "paymentMethod", "gatewaysSeen"`);
  return held;
}
