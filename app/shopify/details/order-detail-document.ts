import { address, discountAllocations, orderMoney, taxLines } from "#app/shopify/bulk/documents-orders.ts";
import { grantedBy, location, money, type Fields } from "#app/shopify/bulk/granted-fields.ts";

/**
 * How much of each list one request asks for: all of nearly every order, within the points of one query. A list that says it
 * has more counts as not told.
 */
const PAGE = {
  lines: 250,
  refunds: 250,
  refundLines: 100,
  parcels: 250,
  parcelLines: 100,
  returns: 5,
  returnLines: 50,
};

const FULFILLMENT_ORDER_SCOPES = [
  "read_merchant_managed_fulfillment_orders",
  "read_assigned_fulfillment_orders",
  "read_third_party_fulfillment_orders",
];

export type OrderDetailDocument = {
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
export function orderDetailDocument(scopes: readonly string[]): OrderDetailDocument {
  const dropped: string[] = [];
  const fields = grantedBy(scopes, (name) => {
    if (!dropped.includes(name)) dropped.push(name);
  });
  const query = `query OrderDetail($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${selection(fields)} } } }`;
  return { query: query.replace(/\s+/g, " "), dropped };
}

function selection(fields: Fields): string {
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
    fulfillments(first: ${String(PAGE.parcels)}) {
      id name status displayStatus createdAt updatedAt deliveredAt inTransitAt totalQuantity
      ${location(fields, "location")}
      trackingInfo { company number url }
      ${page("fulfillmentLineItems", PAGE.parcelLines, "quantity lineItem { id }")}
    }
    refunds(first: ${String(PAGE.refunds)}) {
      id createdAt
      ${money("totalRefundedSet")}
      duties { ${money("amountSet")} }
      ${fields.when("read_returns", "refunds.return", "return { id }")}
      ${page("refundLineItems", PAGE.refundLines, `quantity restockType lineItem { id } ${money("subtotalSet")} ${money("totalTaxSet")}`)}
      ${page("refundShippingLines", 5, `${money("subtotalAmountSet")} ${money("taxAmountSet")}`)}
      ${page("orderAdjustments", 5, `reason ${money("amountSet")} ${money("taxAmountSet")}`)}
    }
    ${fields.when(
      FULFILLMENT_ORDER_SCOPES,
      "fulfillmentOrders",
      page(
        "fulfillmentOrders",
        5,
        `id updatedAt status deliveryMethod { methodType } fulfillmentHolds { displayReason }
         ${page("fulfillments", 5, "id")}`,
      ),
    )}
    transactions(first: 250) { id kind status test gateway processedAt ${money("amountSet")} parentTransaction { id } }
    ${fields.when(
      "read_returns",
      "returns",
      page(
        "returns",
        PAGE.returns,
        `id name status createdAt closedAt
         ${page("returnLineItems", PAGE.returnLines, "quantity processedQuantity ... on ReturnLineItem { returnReason fulfillmentLineItem { lineItem { id } } }")}
         ${page("exchangeLineItems", PAGE.returnLines, "lineItems { id }")}`,
      ),
    )}
    ${page(
      "lineItems",
      PAGE.lines,
      `id title variantTitle sku quantity currentQuantity unfulfilledQuantity requiresShipping isGiftCard
       ${fields.when("read_products", "lineItems.product", "product { id }")}
       ${fields.when("read_products", "lineItems.variant", "variant { id }")}
       customAttributes { key value }
       lineItemGroup { id }
       ${money("originalUnitPriceSet")} ${discountAllocations} ${taxLines} duties { id ${money("price")} }`,
    )}
    ${page(
      "shippingLines",
      5,
      `title code isRemoved ${money("originalPriceSet")} ${money("discountedPriceSet")} ${discountAllocations}`,
    )}`;
}

/** A connection with the word on whether it has more. */
function page(name: string, first: number, node: string): string {
  return `${name}(first: ${String(first)}) { nodes { ${node} } pageInfo { hasNextPage } }`;
}
