import type { ShopSettings } from "#app/settings/settings-schema.ts";

type Pairs = ShopSettings["stock"]["locations"];

/** The ERP's location that is a location of Shopify's; null where several feed it, and nobody can say which is meant. */
export function erpLocationOf(pairs: Pairs, shopifyLocationId: string): string | null {
  const feeding = new Set(pairs.filter(({ shopify }) => shopify === shopifyLocationId).map(({ erp }) => erp));
  if (feeding.size > 1) return null;
  const [only = shopifyLocationId] = feeding;
  return only;
}

/** Where the ERP keeps goods: the locations of its own that feed any, and Shopify's that none of them feeds, by name. */
export function erpLocations<Location extends { id: string; name: string }>(
  pairs: Pairs,
  shopifys: readonly Location[],
): { id: string; name: string }[] {
  const own = [...new Set(pairs.map(({ erp }) => erp))].map((id) => ({
    id,
    name: shopifys.find((one) => one.id === id)?.name ?? id,
  }));
  const rest = shopifys.filter(({ id }) => !pairs.some(({ erp, shopify }) => shopify === id || erp === id));
  return [...own, ...rest.map(({ id, name }) => ({ id, name }))];
}
