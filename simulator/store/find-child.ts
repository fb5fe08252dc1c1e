import type { SimNode, SimValue } from "./types.ts";

/** Where the children of a record stand that can be asked for by their own gid. */
const CHILD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Order: [
    "lineItems",
    "additionalFees",
    "fulfillments",
    "refunds",
    "transactions",
    "returns",
    "shippingLines",
    "billingAddress",
    "shippingAddress",
  ],
  LineItem: ["duties"],
  Fulfillment: ["fulfillmentLineItems", "events"],
  Refund: ["refundLineItems", "refundShippingLines", "orderAdjustments"],
  Return: ["returnLineItems", "exchangeLineItems"],
  FulfillmentOrder: ["lineItems", "fulfillmentHolds", "deliveryMethod"],
  Product: ["options", "media"],
  ProductOption: ["optionValues"],
  Customer: ["addressesV2", "defaultAddress"],
  InventoryItem: ["inventoryLevels"],
};

function isNode(value: SimValue | undefined): value is SimNode {
  return typeof value === "object" && value !== null && "__typename" in value && "id" in value;
}

function childrenIn(record: SimNode, field: string): readonly SimNode[] {
  const value = record[field];
  const made = typeof value === "function" ? value({}) : value;
  if (Array.isArray(made)) return made.filter(isNode);
  return isNode(made) ? [made] : [];
}

/** Walks all children of a root record that have gids of their own, the record itself left out. */
export function* childrenOf(record: SimNode): Generator<SimNode> {
  for (const field of CHILD_FIELDS[record.__typename] ?? []) {
    for (const child of childrenIn(record, field)) {
      yield child;
      yield* childrenOf(child);
    }
  }
}

export function findChild(root: SimNode, gid: string): SimNode | null {
  for (const child of childrenOf(root)) if (child.id === gid) return child;
  return null;
}
