import { page, type Fields, type RootArguments } from "./granted-fields.ts";

/** Products with their variants and media (3 connections). */
export function productsDocument(_fields: Fields, root: RootArguments): string {
  return `{
    products(${[root.filter, root.page].filter(Boolean).join(", ")}) {
      edges {
        node {
          __typename
          id
          updatedAt
          title
          handle
          legacyResourceId
          descriptionHtml
          vendor
          productType
          status
          tags
          templateSuffix
          createdAt
          publishedAt
          isGiftCard
          hasOnlyDefaultVariant
          hasVariantsThatRequiresComponents
          tracksInventory
          totalInventory
          variantsCount { count precision }
          category { id fullName name }
          options { id name position values optionValues { id name hasVariants } }
          media${page(root.page)} {
            edges { node { __typename id mediaContentType alt status preview { image { url width height } } } }
          }
          variants${page(root.page)} {
            edges {
              node {
                __typename
                id
                legacyResourceId title displayName sku barcode position price compareAtPrice taxable availableForSale
                inventoryQuantity inventoryPolicy requiresComponents createdAt updatedAt
                selectedOptions { name value optionValue { id name } }
                inventoryItem {
                  id legacyResourceId sku tracked requiresShipping countryCodeOfOrigin harmonizedSystemCode
                  unitCost { amount currencyCode }
                  measurement { id weight { value unit } }
                }
              }
            }
          }
        }
      }
    }
  }`;
}
