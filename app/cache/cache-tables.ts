/**
 * The cache tables and what is particular to each. All share the columns of a cache entry (raw payload, its
 * place in time, state of processing), so ingest, claim, mark and retry are written once for all of them.
 */

export type CacheKind = "order" | "product" | "customer" | "fulfillment_order" | "inventory";

/** The ways Shopify words a record: webhook payload, node of a bulk file, answer to a query of ours. */
export type PayloadShape = "rest" | "bulk" | "detail";

/** How a payload came to us. */
export type PayloadSource = "dump" | "webhook" | "lookback" | "fetch";

export type CacheTable = {
  table: string;
  /** Denormalised columns that a page lists or searches without reading the payload. */
  headerColumns: readonly string[];
  /** Header columns that must be known for the row to exist. */
  requiredHeader: readonly string[];
  /** Whether entries wait for a processor of their own (fulfilment orders wake their order instead). */
  queued: boolean;
  /** Whether what is gone can come back under its id, as a stock level does. Then Shopify is asked, and its answer decides. */
  comesBack: boolean;
};

export const cacheTables = {
  order: {
    table: "ShopifyOrderCache",
    headerColumns: ["orderNumber", "financialStatus", "fulfillmentStatus"],
    requiredHeader: [],
    queued: true,
    comesBack: false,
  },
  product: {
    table: "ShopifyProductCache",
    headerColumns: ["title", "handle"],
    requiredHeader: [],
    queued: true,
    comesBack: false,
  },
  customer: {
    table: "ShopifyCustomerCache",
    headerColumns: [],
    requiredHeader: [],
    queued: true,
    comesBack: false,
  },
  fulfillment_order: {
    table: "ShopifyFulfillmentOrderCache",
    headerColumns: ["orderId"],
    requiredHeader: ["orderId"],
    queued: false,
    comesBack: false,
  },
  inventory: {
    table: "ShopifyInventoryCache",
    headerColumns: ["shopifyInventoryItemId", "shopifyLocationId"],
    requiredHeader: ["shopifyInventoryItemId", "shopifyLocationId"],
    queued: true,
    comesBack: true,
  },
} as const satisfies Record<CacheKind, CacheTable>;

/** Kinds whose entries are Pending, Processed or Failed of their own. */
export const queuedKinds = [
  "product",
  "customer",
  "order",
  "inventory",
] as const satisfies readonly CacheKind[];
export type QueuedKind = (typeof queuedKinds)[number];
