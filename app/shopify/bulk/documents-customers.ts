import { page, type Fields, type RootArguments } from "./granted-fields.ts";

const address =
  "{ id name firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone }";

/** Customers with all their addresses (2 connections); what webhooks no longer carry (tags, consent, counts) is here. */
export function customersDocument(_fields: Fields, root: RootArguments): string {
  return `{
    customers(${[root.filter, root.page].filter(Boolean).join(", ")}) {
      edges {
        node {
          __typename
          id
          updatedAt
          legacyResourceId
          displayName
          firstName
          lastName
          locale
          note
          tags
          state
          taxExempt
          taxExemptions
          verifiedEmail
          createdAt
          numberOfOrders
          amountSpent { amount currencyCode }
          defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt validFormat }
          defaultPhoneNumber { phoneNumber }
          smsMarketingConsent { marketingState marketingOptInLevel consentUpdatedAt consentCollectedFrom }
          defaultAddress ${address}
          addressesV2${page(root.page)} { edges { node { __typename ${address.slice(2)} } }
        }
      }
    }
  }`;
}
