import type { ShopSettings } from "#app/settings/settings-schema.ts";

/**
 * Shopify's locations that a location of the ERP's feeds: those it is mapped to; in no pair, Shopify's of the same id; none where its id
 * can be none of Shopify's.
 */
export function fedLocations(locations: Readonly<ShopSettings["stock"]["locations"]>, erp: string): string[] {
  const mapped = locations.filter((pair) => pair.erp === erp).map(({ shopify }) => shopify);
  if (mapped.length > 0) return [...new Set(mapped)];
  return /^\d+$/.test(erp) ? [erp] : [];
}
