import { address } from "#app/shopify/bulk/documents-orders.ts";

/** Customers with what the codec reads: a plain query over `$ids`, customer gids. */
export const customerDetailDocument =
  `query CustomerDetail($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer {
    __typename id updatedAt firstName lastName note tags state taxExempt numberOfOrders createdAt
    amountSpent { amount currencyCode }
    defaultEmailAddress { emailAddress marketingState }
    defaultPhoneNumber { phoneNumber }
    defaultAddress ${address}
  } } }`.replace(/\s+/g, " ");
