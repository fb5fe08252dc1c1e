import { orderChoices } from "#app/erp/orders/order-list-row.ts";

import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";
import { statusLook } from "./status-words.ts";

const either = (name: string, label: string, yes: string, no: string): ListFilter => ({
  ...{ kind: "choices", name, label },
  options: [
    { value: "yes", label: yes },
    { value: "no", label: no },
  ],
});

/** What the list of orders can be filtered by. */
export const orderFilters: ListFilter[] = [
  {
    ...{ kind: "choices", name: "status", label: "Status" },
    options: orderChoices.status.map((value) => ({ value, label: statusLook("order", value).words })),
  },
  {
    ...{ kind: "choices", name: "payment", label: "Payment method" },
    options: orderChoices.payment.map((value) => ({ value, label: value })),
  },
  { kind: "days", name: "created", label: "Created" },
  either("held", "Hold", "On hold", "Not on hold"),
  either("stopShip", "Stop-ship", "Must not leave", "May leave"),
  either("collect", "Money to collect", "To be collected", "Nothing to collect"),
  {
    ...{ kind: "choices", name: "returns", label: "RTO and returns" },
    options: [
      { value: "open", label: "On their way back, or to be checked" },
      { value: "done", label: "Settled" },
    ],
  },
  either("difference", "Money difference", "Does not add up", "Adds up"),
  either("test", "Test orders", "Only test orders", "No test orders"),
  either("history", "History", "From before the cut-over", "Since the cut-over"),
  either("archived", "Deleted in Shopify", "Deleted", "Not deleted"),
];

/** The first is the whole list. */
export const orderViews: ListView[] = [
  { label: "All", params: {} },
  { label: "Open", params: { status: ["open", "on_hold", "partially_shipped"] } },
  { label: "On hold", params: { held: ["yes"] } },
  { label: "Stop-ship", params: { stopShip: ["yes"] } },
  { label: "Shipped", params: { status: ["shipped", "partially_delivered"] } },
  { label: "COD to collect", params: { payment: ["COD"], collect: ["yes"] } },
  { label: "RTO and returns", params: { returns: ["open", "done"] } },
  { label: "Money differences", params: { difference: ["yes"] } },
];

export const orderSortChoices: ListSortChoice[] = [
  { label: "Created", value: "created desc", directionLabel: "Newest first" },
  { label: "Created", value: "created asc", directionLabel: "Oldest first" },
  { label: "Last change", value: "updated desc", directionLabel: "Newest first" },
];
