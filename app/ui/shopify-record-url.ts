import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { shopifyAdminUrl } from "./shopify-admin-url.ts";

const folders: Partial<Record<QueuedKind, string>> = {
  order: "orders",
  product: "products",
  customer: "customers",
};

/** A record's page in Shopify Admin; null for a stock level, which has none by its id. */
export function shopifyRecordUrl(shop: string, kind: QueuedKind, id: string): string | null {
  const folder = folders[kind];
  return folder === undefined ? null : shopifyAdminUrl(shop, `${folder}/${id}`);
}
