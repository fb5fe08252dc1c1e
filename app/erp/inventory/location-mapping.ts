import type { ShopSettings } from "#app/settings/settings-schema.ts";

type Pairs = ShopSettings["stock"]["locations"];

/** The Shopify locations that a location of the ERP's feeds; one in no pair feeds Shopify's of the same id. */
export function fedLocations(pairs: Pairs, erpLocationId: string): string[] {
  const own = pairs.filter(({ erp }) => erp === erpLocationId).map(({ shopify }) => shopify);
  return own.length > 0 ? own : [erpLocationId];
}

/** The ERP's location that is a location of Shopify's; null where several feed it, and nobody can say which is meant. */
export function erpLocationOf(pairs: Pairs, shopifyLocationId: string): string | null {
  const feeding = new Set(pairs.filter(({ shopify }) => shopify === shopifyLocationId).map(({ erp }) => erp));
  if (feeding.size > 1) return null;
  const [only = shopifyLocationId] = feeding;
  return only;
}
