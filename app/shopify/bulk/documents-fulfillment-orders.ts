import { location, page, type Fields, type RootArguments } from "./granted-fields.ts";

/**
 * Fulfilment orders, closed ones too, with their lines, their fulfilments and the lines of those (4 connections):
 * the only bulk road to which line went into which parcel. A fulfilment may show under several fulfilment orders.
 */
export function fulfillmentOrdersDocument(fields: Fields, root: RootArguments): string {
  const lineItem = fields.when("read_orders", "lineItem", "lineItem { id }");
  return `{
    fulfillmentOrders(${[root.filter, "includeClosed: true", root.page].filter(Boolean).join(", ")}) {
      edges {
        node {
          __typename
          id
          updatedAt
          orderId
          orderName
          status
          requestStatus
          createdAt
          fulfillAt
          deliveryMethod { id methodType }
          assignedLocation { name ${location(fields, "location")} }
          fulfillmentHolds { id reason reasonNotes displayReason }
          lineItems${page(root.page)} { edges { node { __typename id totalQuantity remainingQuantity ${lineItem} } } }
          fulfillments${page(root.page)} {
            edges {
              node {
                __typename
                id
                name status displayStatus createdAt updatedAt
                trackingInfo { company number url }
                ${fields.when("read_orders", "fulfillmentLineItems", `fulfillmentLineItems${page(root.page)} { edges { node { __typename id quantity lineItem { id } } } }`)}
              }
            }
          }
        }
      }
    }
  }`;
}
