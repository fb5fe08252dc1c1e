import { productStatuses } from "#app/erp/catalog/catalogue-views.ts";

import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";
import { statusLook } from "./status-words.ts";

export const catalogueFilters: readonly ListFilter[] = [
  {
    kind: "choices",
    name: "status",
    label: "Status in Shopify",
    options: productStatuses.map((value) => ({ value, label: statusLook("product", value).words })),
  },
  {
    kind: "choices",
    name: "shelf",
    label: "In the ERP",
    options: [
      { value: "live", label: "Live" },
      { value: "archived", label: "Archived" },
    ],
  },
  {
    kind: "choices",
    name: "with",
    label: "Contains",
    options: [
      { value: "placeholders", label: "Placeholder SKUs" },
      { value: "problems", label: "Problems to look at" },
    ],
  },
];

export const catalogueViews: readonly ListView[] = [
  { label: "All", params: {} },
  { label: "Live", params: { shelf: ["live"] } },
  { label: "With problems", params: { with: ["problems"] } },
  { label: "With placeholders", params: { with: ["placeholders"] } },
  { label: "Archived", params: { shelf: ["archived"] } },
];

export const catalogueSortChoices: readonly ListSortChoice[] = [
  { label: "Name", value: "name asc", directionLabel: "A to Z" },
  { label: "Name", value: "name desc", directionLabel: "Z to A" },
  { label: "Last change", value: "changed desc", directionLabel: "Newest first" },
  { label: "Last change", value: "changed asc", directionLabel: "Oldest first" },
];
