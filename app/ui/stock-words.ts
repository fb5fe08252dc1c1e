import type { StockAtLocation, StockItem, StockLocation, StockView } from "#app/erp/inventory/stock-item.ts";

import type { Format } from "./format.ts";

/** What a person calls an item: its SKU code, else what the catalogue calls it, else Shopify's id. */
export function itemName({ sku, itemId }: StockItem): string {
  return sku?.skuCode ?? sku?.title ?? `Item ${itemId}`;
}

/** What a person calls a location. */
export function locationName({ id, name }: Pick<StockLocation, "id" | "name">): string {
  return name ?? `Location ${id}`;
}

/** Where an item is looked at: its product, or what Shopify sent of it while it has none; null where it sent nothing. */
export function itemPath({ sku, itemId, levels: [level] }: StockItem): string | null {
  if (sku !== null) return `/app/catalogue/${sku.productId}`;
  return level === undefined
    ? null
    : `/app/cache/inventory/${encodeURIComponent(`${itemId}@${level.locationId}`)}`;
}

/** All that can be sold; null where no location tells it. */
export function availableOf({ levels }: StockItem): number | null {
  const told = levels.map(({ available }) => available).filter((available) => available !== null);
  return told.length === 0 ? null : told.reduce((sum, available) => sum + available, 0);
}

/** What of an item needs somebody's eye. */
export function stockProblems(item: StockItem): StockView[] {
  const { sku, levels } = item;
  const available = availableOf(item);
  const isNegative = levels.some((level) => (level.available ?? 0) < 0);
  const isGone = levels.length > 0 && levels.every(({ goneAt }) => goneAt !== null);
  return [
    ...(sku === null ? (["unmatched"] as const) : []),
    ...(isNegative ? (["negative"] as const) : []),
    ...(available !== null && available <= 0 ? (["out"] as const) : []),
    ...(isGone ? (["gone"] as const) : []),
  ];
}

/** "14 on hand · 2 committed · 5 incoming"; what is nothing or not told is left out. */
export function quantityWords({ onHand, committed, incoming }: StockAtLocation, format: Format): string {
  const parts = [
    [onHand, "on hand"],
    [committed || null, "committed"],
    [incoming || null, "incoming"],
  ] as const;
  return parts
    .flatMap(([value, words]) => (value === null ? [] : [`${format.number(value)} ${words}`]))
    .join(" · ");
}

/** When an item's stock was last seen to change. */
export function lastSyncedOf({ levels }: StockItem): string | null {
  return (
    levels
      .map(({ lastSynced }) => lastSynced)
      .sort()
      .at(-1) ?? null
  );
}
