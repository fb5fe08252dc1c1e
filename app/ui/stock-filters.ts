import type { StockLocation } from "#app/erp/inventory/stock-item.ts";

import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";
import { locationName } from "./stock-words.ts";

/** By what a list of stock is narrowed. */
export function stockFilters(locations: readonly StockLocation[]): readonly ListFilter[] {
  return [
    {
      kind: "choices",
      name: "location",
      label: "Location",
      options: locations.map((location) => ({
        value: location.id,
        label: location.isActive ? locationName(location) : `${locationName(location)} (not active)`,
      })),
    },
    {
      kind: "choices",
      name: "stock",
      label: "Stock",
      options: [
        { value: "unmatched", label: "Not matched to a SKU" },
        { value: "out", label: "Out of stock" },
        { value: "negative", label: "Negative" },
        { value: "gone", label: "Gone at location" },
      ],
    },
    {
      kind: "choices",
      name: "tracked",
      label: "Counted by Shopify",
      options: [
        { value: "yes", label: "Tracked" },
        { value: "no", label: "Not tracked" },
      ],
    },
  ];
}

export const stockListViews: readonly ListView[] = [
  { label: "All", params: {} },
  { label: "Not matched to a SKU", params: { stock: ["unmatched"] } },
  { label: "Out of stock", params: { stock: ["out"] } },
  { label: "Negative", params: { stock: ["negative"] } },
  { label: "Gone at location", params: { stock: ["gone"] } },
];

export const stockSorts: readonly ListSortChoice[] = [
  { label: "Inventory item", value: "item desc", directionLabel: "Newest first" },
  { label: "Inventory item", value: "item asc", directionLabel: "Oldest first" },
];
