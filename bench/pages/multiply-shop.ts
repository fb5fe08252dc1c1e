import type { Pool } from "pg";

/** So many copies of the catalogue there are in the end; the rest of the shop is copied until its orders are enough. */
const CATALOGUES = 20;
/** Shopify's ids have up to 19 digits, the store's 13: copy k of a record is this much further on. */
const STEP = "10000000000000";

type Table = {
  table: string;
  /** Which copies are made of it: one an order (`k` from 1 on), or one a catalogue. */
  of: "orders" | "catalogue";
  /** What of a copy differs, as SQL over the row `t` and the copy's number `k`. All other columns are copied as they are. */
  set: Record<string, string>;
  where?: string;
};

const column = (name: string) => `t."${name}"`;
/** Of a copied order's SKU: the copy of the catalogue it is in. */
const CATALOGUE = `(k % ${String(CATALOGUES)})`;
const number = (name: string, k = "k") => `(${column(name)}::bigint + ${k}::bigint * ${STEP})::text`;
/** Looks like the UUIDs the app gives. */
const uuid = (name: string, k = "k") =>
  `CASE WHEN ${k} = 0 THEN ${column(name)} ELSE (overlay(overlay(md5(${column(name)} || '/' || ${k}) placing '7' from 13 for 1)
     placing '8' from 17 for 1))::uuid::text END`;
/** Ids of either sort. */
const either = (name: string) =>
  `CASE WHEN ${column(name)} ~ '^\\d+$' THEN ${number(name)} ELSE ${uuid(name)} END`;
const earlier = (name: string) => `${column(name)} - k * interval '7 hours 13 minutes'`;
const payload = `replace(${column("rawData")}, ${column("id")}, ${number("id")})`;
const hash = (name: string) => `md5(${column(name)} || k)`;

const TABLES: readonly Table[] = [
  {
    table: "Product",
    of: "catalogue",
    set: {
      id: uuid("id"),
      name: `${column("name")} || ' ' || k`,
      shopifyProductId: number("shopifyProductId"),
      shopifyProductIds: `coalesce((SELECT array_agg((p::bigint + k::bigint * ${STEP})::text) FROM unnest(${column("shopifyProductIds")}) p), '{}')`,
      updatedAt: earlier("updatedAt"),
    },
  },
  {
    table: "Variation",
    of: "catalogue",
    set: {
      ...{ id: uuid("id"), productId: uuid("productId") },
      shopifySourceProductId: number("shopifySourceProductId"),
    },
  },
  {
    table: "Sku",
    of: "catalogue",
    set: {
      ...{ id: uuid("id"), productId: uuid("productId"), variationId: uuid("variationId") },
      skuCode: `${column("skuCode")} || '-' || k`,
      shopifyVariantId: number("shopifyVariantId"),
      shopifyInventoryItemId: number("shopifyInventoryItemId"),
      updatedAt: earlier("updatedAt"),
    },
  },
  {
    table: "ErpStock",
    of: "catalogue",
    set: { skuId: uuid("skuId") },
  },
  {
    table: "ProductProposal",
    of: "catalogue",
    set: { shopifyProductId: number("shopifyProductId"), productId: uuid("productId") },
  },
  {
    table: "ShopifyProductCache",
    of: "catalogue",
    set: {
      ...{ id: number("id"), rawData: payload, contentHash: hash("contentHash") },
      ...{ title: `${column("title")} || ' ' || k`, receivedAt: earlier("receivedAt") },
    },
  },
  {
    table: "ShopifyInventoryCache",
    of: "catalogue",
    set: {
      id: `${number("shopifyInventoryItemId")} || '@' || ${column("shopifyLocationId")}`,
      ...{ shopifyInventoryItemId: number("shopifyInventoryItemId"), skuId: uuid("skuId") },
      ...{ contentHash: hash("contentHash"), receivedAt: earlier("receivedAt") },
    },
  },
  {
    table: "Customer",
    of: "orders",
    set: {
      ...{ id: uuid("id"), shopifyCustomerId: number("shopifyCustomerId") },
      email: `k || '.' || ${column("email")}`,
      lastName: `${column("lastName")} || ' ' || k`,
      mergedIntoId: uuid("mergedIntoId"),
      updatedAt: earlier("updatedAt"),
      createdAt: earlier("createdAt"),
    },
  },
  {
    table: "ShopifyCustomerCache",
    of: "orders",
    set: {
      ...{ id: number("id"), rawData: payload, contentHash: hash("contentHash") },
      receivedAt: earlier("receivedAt"),
    },
  },
  {
    table: "Order",
    of: "orders",
    set: {
      ...{ shopifyOrderId: number("shopifyOrderId"), outputHash: hash("outputHash") },
      orderNumber: `'#' || substring(${column("orderNumber")} from '\\d+') || lpad(k::text, 3, '0')`,
      ...{ customerId: uuid("customerId"), shopifyCustomerId: number("shopifyCustomerId") },
      customerName: `${column("customerName")} || ' ' || k`,
      customerEmail: `k || '.' || ${column("customerEmail")}`,
      ...{ orderDate: earlier("orderDate"), shopifyCreatedAt: earlier("shopifyCreatedAt") },
      ...{ cancelledAt: earlier("cancelledAt"), closedAt: earlier("closedAt") },
      ...{ updatedAt: earlier("updatedAt"), createdAt: earlier("createdAt") },
    },
  },
  {
    table: "OrderLine",
    of: "orders",
    set: {
      ...{ shopifyOrderId: number("shopifyOrderId"), shopifyLineId: number("shopifyLineId") },
      skuId: uuid("skuId", CATALOGUE),
      skuCode: `${column("skuCode")} || CASE WHEN ${CATALOGUE} = 0 THEN '' ELSE '-' || ${CATALOGUE} END`,
    },
  },
  {
    table: "OrderCharge",
    of: "orders",
    set: { shopifyOrderId: number("shopifyOrderId"), shopifyLineId: number("shopifyLineId") },
  },
  {
    table: "OrderPayment",
    of: "orders",
    set: {
      shopifyOrderId: number("shopifyOrderId"),
      shopifyTransactionId: number("shopifyTransactionId"),
      processedAt: earlier("processedAt"),
    },
  },
  {
    table: "Parcel",
    of: "orders",
    set: {
      ...{ shopifyOrderId: number("shopifyOrderId"), id: either("id") },
      shopifyFulfillmentId: number("shopifyFulfillmentId"),
      awbNumber: `${column("awbNumber")} || lpad(k::text, 3, '0')`,
    },
  },
  {
    table: "ParcelLine",
    of: "orders",
    set: {
      ...{ shopifyOrderId: number("shopifyOrderId"), parcelId: either("parcelId") },
      shopifyLineId: number("shopifyLineId"),
    },
  },
  {
    table: "ReturnCase",
    of: "orders",
    set: {
      ...{ shopifyOrderId: number("shopifyOrderId"), parcelId: either("parcelId") },
      openedAt: earlier("openedAt"),
    },
  },
  {
    table: "ShopifyOrderCache",
    of: "orders",
    set: {
      ...{ id: number("id"), rawData: payload, contentHash: hash("contentHash") },
      orderNumber: `'#' || substring(${column("orderNumber")} from '\\d+') || lpad(k::text, 3, '0')`,
      receivedAt: earlier("receivedAt"),
    },
  },
  {
    table: "ShopifyFulfillmentOrderCache",
    of: "orders",
    set: {
      ...{ id: number("id"), orderId: number("orderId"), contentHash: hash("contentHash") },
      receivedAt: earlier("receivedAt"),
    },
  },
  {
    table: "ChangeFeed",
    of: "orders",
    set: { seq: "nextval(pg_get_serial_sequence('\"ChangeFeed\"', 'seq'))", at: earlier("at") },
    where: `t.entity = 'order'`,
  },
];

/**
 * Makes a shop as large as asked out of what the app itself brought into the ERP from a small store: every row of an order, with
 * its parts, its customer and its payloads, is copied under other ids and days. A column that a table gets later is copied with it.
 */
export async function multiplyShop(
  pool: Pool,
  { shop, orders }: { shop: string; orders: number },
): Promise<void> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM "Order" WHERE shop = $1`,
    [shop],
  );
  const copies = { orders: Math.ceil(orders / (rows[0]?.count ?? 1)) - 1, catalogue: CATALOGUES - 1 };
  if (copies.orders < 1) return;
  for (const { table, of, set, where = "true" } of TABLES) {
    const columns = await columnsOf(pool, table);
    const unknown = Object.keys(set).find((name) => !columns.includes(name));
    if (unknown !== undefined) throw new Error(`"${table}" has no column "${unknown}"`);
    await pool.query(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")})
       SELECT ${columns.map((name) => set[name] ?? column(name)).join(", ")}
       FROM "${table}" t, generate_series(1, ${String(copies[of])}) k WHERE t.shop = $1 AND ${where}`,
      [shop],
    );
  }
}

async function columnsOf(pool: Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name);
}
