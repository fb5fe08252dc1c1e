import { discountAllocations, taxLines } from "#app/shopify/bulk/documents-orders.ts";
import { location, money, type Fields } from "#app/shopify/bulk/granted-fields.ts";

/**
 * How much of each list one request asks for. "small": all of nearly every order, cheap enough to be asked for many orders at
 * once. "large": what fits into the points of one query, for an order that has more.
 */
export type PageSize = "small" | "large";

const FIRST = {
  lineItems: { small: 10, large: 250 },
  shippingLines: { small: 3, large: 5 },
  returns: { small: 1, large: 5 },
  returnLineItems: { small: 5, large: 50 },
  exchangeLineItems: { small: 5, large: 50 },
  fulfillmentOrders: { small: 2, large: 5 },
  fulfillments: { small: 3, large: 5 },
  fulfillmentLineItems: { small: 10, large: 100 },
  refundLineItems: { small: 5, large: 100 },
  refundShippingLines: { small: 1, large: 5 },
  orderAdjustments: { small: 1, large: 5 },
} as const satisfies Record<string, Record<PageSize, number>>;

type ConnectionName = keyof typeof FIRST;

/** Types that stand in an order's detail and have connections of their own. */
export type ParentType = "Order" | "Return" | "Fulfillment" | "Refund" | "FulfillmentOrder";

/** Which connections each of them has, and which type their nodes are, where those have connections too. */
export const connectionsOf: Record<
  ParentType,
  readonly { name: ConnectionName; holds: ParentType | null }[]
> = {
  Order: [
    { name: "lineItems", holds: null },
    { name: "shippingLines", holds: null },
    { name: "returns", holds: "Return" },
    { name: "fulfillmentOrders", holds: "FulfillmentOrder" },
  ],
  Return: [
    { name: "returnLineItems", holds: null },
    { name: "exchangeLineItems", holds: null },
  ],
  Fulfillment: [{ name: "fulfillmentLineItems", holds: null }],
  Refund: [
    { name: "refundLineItems", holds: null },
    { name: "refundShippingLines", holds: null },
    { name: "orderAdjustments", holds: null },
  ],
  FulfillmentOrder: [{ name: "fulfillments", holds: null }],
};

/** Lists of an order that are no connections, but whose members have some. */
export const listsOf: Record<ParentType, readonly { name: string; holds: ParentType }[]> = {
  Order: [
    { name: "fulfillments", holds: "Fulfillment" },
    { name: "refunds", holds: "Refund" },
  ],
  Return: [],
  Fulfillment: [],
  Refund: [],
  FulfillmentOrder: [],
};

/** A selection of one connection with the word on whether it has more; `after` names a variable where it goes on. */
export function orderConnection(
  fields: Fields,
  name: ConnectionName,
  { size, after = "" }: { size: PageSize; after?: string },
): string {
  const first = `first: ${String(FIRST[name][size])}${after === "" ? "" : `, after: ${after}`}`;
  return `${name}(${first}) { nodes { ${nodeOf(fields, name, size)} } pageInfo { hasNextPage endCursor } }`;
}

function nodeOf(fields: Fields, name: ConnectionName, size: PageSize): string {
  const nested = (child: ConnectionName) => orderConnection(fields, child, { size });
  switch (name) {
    case "lineItems":
      return `id title variantTitle sku quantity currentQuantity unfulfilledQuantity requiresShipping isGiftCard
        ${fields.when("read_products", "lineItems.product", "product { id }")}
        ${fields.when("read_products", "lineItems.variant", "variant { id }")}
        customAttributes { key value }
        lineItemGroup { id }
        ${money("originalUnitPriceSet")} ${discountAllocations} ${taxLines} duties { id ${money("price")} }`;
    case "shippingLines":
      return `title code isRemoved ${money("originalPriceSet")} ${money("discountedPriceSet")} ${discountAllocations}`;
    case "returns":
      return `id name status createdAt closedAt ${nested("returnLineItems")} ${nested("exchangeLineItems")}`;
    case "returnLineItems":
      return "quantity processedQuantity ... on ReturnLineItem { returnReason fulfillmentLineItem { lineItem { id } } }";
    case "exchangeLineItems":
      return "lineItems { id }";
    case "fulfillmentOrders":
      return `id updatedAt status deliveryMethod { methodType } assignedLocation { name ${location(fields, "location")} }
        fulfillmentHolds { displayReason } ${nested("fulfillments")}`;
    case "fulfillments":
      return "id";
    case "fulfillmentLineItems":
      return "quantity lineItem { id }";
    case "refundLineItems":
      return `quantity restockType lineItem { id } ${money("subtotalSet")} ${money("totalTaxSet")}`;
    case "refundShippingLines":
      return `${money("subtotalAmountSet")} ${money("taxAmountSet")}`;
    case "orderAdjustments":
      return `reason ${money("amountSet")} ${money("taxAmountSet")}`;
  }
}
