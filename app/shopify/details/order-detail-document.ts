import { address, taxLines } from "#app/shopify/bulk/documents-orders.ts";
import { grantedBy, location, money, type Fields } from "#app/shopify/bulk/granted-fields.ts";
import { orderMoney } from "#app/shopify/order-money.ts";
import { orderConnection, type connectionsOf, type PageSize, type ParentType } from "./order-connections.ts";

/** How many members of a list without pages are asked for: the most Shopify gives at once. */
const LIST = "first: 250";

const FULFILLMENT_ORDER_SCOPES = [
  "read_merchant_managed_fulfillment_orders",
  "read_assigned_fulfillment_orders",
  "read_third_party_fulfillment_orders",
];

type OrderDetailDocument = {
  /** A plain query over `$ids`, order gids. */
  query: string;
  /** What was left out because the scope for it was not granted. */
  dropped: string[];
};

/**
 * Orders fetched by themselves, whole: with what neither a webhook nor a bulk query can say, the goods of refunds and of
 * fulfilments, returns with their exchange lines, and every payment. Only the fields the codec reads, because a plain query
 * pays for each (at most 1,000 points; the answer says what it cost).
 * @param scopes granted; a missing one drops its fields, as in a bulk query
 */
export function orderDetailDocument(
  scopes: readonly string[],
  size: PageSize = "large",
): OrderDetailDocument {
  const dropped: string[] = [];
  const fields = grantedBy(scopes, (name) => {
    if (!dropped.includes(name)) dropped.push(name);
  });
  const query = `query OrderDetail($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${selection(fields, size)} } } }`;
  return { query: query.replace(/\s+/g, " "), dropped };
}

/** The next page of one connection, of the order or of something in it: a plain query over `$id` and `$after`. */
export function orderPageDocument(
  scopes: readonly string[],
  parent: ParentType,
  name: (typeof connectionsOf)[ParentType][number]["name"],
): string {
  const fields = grantedBy(scopes, () => undefined);
  const page = orderConnection(fields, name, { size: "large", after: "$after" });
  return `query OrderPage($id: ID!, $after: String!) { node(id: $id) { ... on ${parent} { ${page} } } }`.replace(
    /\s+/g,
    " ",
  );
}

function selection(fields: Fields, size: PageSize): string {
  const connection = (name: Parameters<typeof orderConnection>[1]) => orderConnection(fields, name, { size });
  return `
    __typename id updatedAt name displayFinancialStatus displayFulfillmentStatus poNumber note tags email phone test
    closedAt createdAt processedAt cancelledAt cancelReason currencyCode presentmentCurrencyCode taxesIncluded sourceName
    discountCodes paymentGatewayNames returnStatus
    customAttributes { key value }
    ${location(fields, "retailLocation")}
    ${fields.when(
      "read_customers",
      "customer",
      "customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } state tags note taxExempt numberOfOrders createdAt updatedAt }",
    )}
    billingAddress ${address}
    shippingAddress ${address}
    ${orderMoney.map(money).join(" ")}
    totalCashRoundingAdjustment { ${money("paymentSet")} }
    additionalFees { name ${money("price")} }
    ${taxLines}
    fulfillments(${LIST}) {
      id name status displayStatus createdAt updatedAt deliveredAt inTransitAt totalQuantity
      ${location(fields, "location")}
      trackingInfo { company number url }
      ${connection("fulfillmentLineItems")}
    }
    refunds(${LIST}) {
      id createdAt
      ${money("totalRefundedSet")}
      duties { ${money("amountSet")} }
      ${fields.when("read_returns", "refunds.return", "return { id }")}
      ${connection("refundLineItems")} ${connection("refundShippingLines")} ${connection("orderAdjustments")}
    }
    ${fields.when(FULFILLMENT_ORDER_SCOPES, "fulfillmentOrders", connection("fulfillmentOrders"))}
    transactions(${LIST}) { id kind status test gateway processedAt ${money("amountSet")} parentTransaction { id } }
    ${fields.when("read_returns", "returns", connection("returns"))}
    ${connection("lineItems")}
    ${connection("shippingLines")}`;
}
