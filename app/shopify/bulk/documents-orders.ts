import { lineMoney, orderMoney, shippingLineMoney } from "#app/shopify/order-money.ts";
import { location, money, page, type Fields, type RootArguments } from "./granted-fields.ts";

/** Selections that the bulk query and the fetch of single orders share. */
export const address =
  "{ id name firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone }";
export const taxLines = `taxLines { title rate ratePercentage channelLiable source ${money("priceSet")} }`;
/** On lines and shipping lines alike: what was taken off, and by which discount. */
export const discountAllocations = `discountAllocations {
  ${money("allocatedAmountSet")}
  discountApplication {
    __typename index allocationMethod targetSelection targetType
    value { __typename ... on MoneyV2 { amount currencyCode } ... on PricingPercentageValue { percentage } }
    ... on DiscountCodeApplication { code }
    ... on ManualDiscountApplication { title description }
    ... on AutomaticDiscountApplication { title }
    ... on ScriptDiscountApplication { title }
  }
}`;

/**
 * Orders with their lines, shipping lines, returns and what comes back (5 connections, the most a bulk query may have). Refunds, fulfilments and transactions are lists:
 * they come inside the order's own line, but without the connections in them (refund lines, shipped lines),
 * which a bulk query may not select. Those come from fulfilment orders, webhooks and fetches.
 */
export function ordersDocument(fields: Fields, root: RootArguments): string {
  return `{
    orders(${[root.filter, root.page].filter(Boolean).join(", ")}) {
      edges {
        node {
          __typename
          id
          updatedAt
          name
          displayFinancialStatus
          displayFulfillmentStatus
          legacyResourceId
          number
          confirmationNumber
          poNumber
          note
          tags
          email
          phone
          test
          confirmed
          closed
          closedAt
          createdAt
          processedAt
          cancelledAt
          cancelReason
          currencyCode
          presentmentCurrencyCode
          taxesIncluded
          taxExempt
          dutiesIncluded
          estimatedTaxes
          edited
          sourceName
          sourceIdentifier
          statusPageUrl
          customerLocale
          discountCode
          discountCodes
          paymentGatewayNames
          returnStatus
          fullyPaid
          unpaid
          capturable
          requiresShipping
          fulfillable
          refundable
          subtotalLineItemsQuantity
          currentSubtotalLineItemsQuantity
          currentTotalWeight
          totalWeight
          customAttributes { key value }
          app { id name }
          attribution { handle displayName }
          ${location(fields, "retailLocation")}
          ${fields.when(
            "read_customers",
            "customer",
            "customer { id legacyResourceId firstName lastName displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } state tags note taxExempt verifiedEmail numberOfOrders createdAt updatedAt }",
          )}
          billingAddress ${address}
          shippingAddress ${address}
          billingAddressMatchesShippingAddress
          ${orderMoney.map(money).join("\n")}
          totalCashRoundingAdjustment { ${money("paymentSet")} ${money("refundSet")} }
          additionalFees { id name ${money("price")} ${taxLines} }
          ${taxLines}
          fulfillments {
            id legacyResourceId name status displayStatus createdAt updatedAt deliveredAt inTransitAt estimatedDeliveryAt requiresShipping totalQuantity
            ${location(fields, "location")}
            service { id handle serviceName type }
            trackingInfo { company number url }
          }
          refunds {
            id legacyResourceId createdAt updatedAt processedAt note
            ${money("totalRefundedSet")}
            duties { originalDuty { id } ${money("amountSet")} }
            ${fields.when("read_returns", "refunds.return", "return { id name }")}
          }
          transactions {
            id kind status test gateway formattedGateway paymentId createdAt processedAt errorCode manualPaymentGateway multiCapturable settlementCurrency settlementCurrencyRate
            ${money("amountSet")}
            parentTransaction { id }
          }
          lineItems${page(root.page)} {
            edges {
              node {
                __typename
                id
                name title variantTitle sku vendor
                quantity currentQuantity unfulfilledQuantity refundableQuantity nonFulfillableQuantity
                requiresShipping taxable isGiftCard
                ${fields.when("read_products", "lineItems.product", "product { id }")}
                ${fields.when("read_products", "lineItems.variant", "variant { id sku barcode inventoryItem { id } }")}
                customAttributes { key value }
                lineItemGroup { id title quantity variantId }
                ${lineMoney.map(money).join("\n")}
                ${discountAllocations}
                ${taxLines}
                duties { id harmonizedSystemCode countryCodeOfOrigin ${money("price")} ${taxLines} }
              }
            }
          }
          ${fields.when(
            "read_returns",
            "returns",
            `returns${page(root.page)} {
            edges {
              node {
                __typename
                id
                name status createdAt closedAt totalQuantity
                returnLineItems${page(root.page)} {
                  edges {
                    node {
                      __typename
                      id
                      quantity processedQuantity
                      ... on ReturnLineItem { returnReason returnReasonNote fulfillmentLineItem { id lineItem { id } } }
                    }
                  }
                }
              }
            }
          }`,
          )}
          shippingLines${page(root.page)} {
            edges {
              node {
                __typename
                id
                title code source carrierIdentifier deliveryCategory custom isRemoved phone
                ${shippingLineMoney.map(money).join("\n")}
                ${taxLines}
                ${discountAllocations}
              }
            }
          }
        }
      }
    }
  }`;
}
