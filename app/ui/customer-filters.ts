import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";

/** By what a list of customers is narrowed. */
export const customerFilters: readonly ListFilter[] = [
  {
    kind: "choices",
    name: "record",
    label: "Record",
    options: [
      { value: "current", label: "Current" },
      { value: "archived", label: "Archived" },
      { value: "merged", label: "Merged into another" },
      { value: "redacted", label: "Redacted" },
    ],
  },
  {
    kind: "choices",
    name: "orders",
    label: "Orders",
    options: [
      { value: "with", label: "With orders here" },
      { value: "without", label: "Without orders here" },
    ],
  },
  {
    kind: "choices",
    name: "marketing",
    label: "Marketing",
    options: [
      { value: "yes", label: "Accepts marketing" },
      { value: "no", label: "Does not accept it" },
    ],
  },
  {
    kind: "choices",
    name: "shopify",
    label: "Shopify",
    options: [
      { value: "with", label: "With a Shopify id" },
      { value: "without", label: "Without a Shopify id" },
    ],
  },
];

export const customerViews: readonly ListView[] = [
  { label: "All", params: {} },
  { label: "With orders", params: { orders: ["with"] } },
  { label: "Accept marketing", params: { marketing: ["yes"] } },
  { label: "Archived or merged", params: { record: ["archived", "merged"] } },
  { label: "Redacted", params: { record: ["redacted"] } },
];

export const customerSorts: readonly ListSortChoice[] = [
  { label: "Last change", value: "updated desc", directionLabel: "Newest first" },
  { label: "Last change", value: "updated asc", directionLabel: "Oldest first" },
  { label: "Added here", value: "created desc", directionLabel: "Newest first" },
  { label: "Added here", value: "created asc", directionLabel: "Oldest first" },
];
