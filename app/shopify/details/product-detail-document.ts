/** All fields of a variant that the codec reads, 250 a page; a product may have 2,048 of them. */
const variants = (after: string) => `variants(first: 250${after}) {
    nodes {
      __typename id title sku barcode position price compareAtPrice requiresComponents
      selectedOptions { name value }
      inventoryItem { id tracked requiresShipping measurement { weight { value unit } } }
    }
    pageInfo { hasNextPage endCursor }
  }`;

/** Products with their first 250 variants: a plain query over `$ids`, product gids. */
export const productDetailDocument = `query ProductDetail($ids: [ID!]!) { nodes(ids: $ids) { ... on Product {
    __typename id updatedAt title handle descriptionHtml vendor productType status tags isGiftCard createdAt publishedAt
    options { name position values }
    ${variants("")}
  } } }`.replace(/\s+/g, " ");

/** The next page of one product's variants: a plain query over `$id` and `$after`. */
export const productPageDocument =
  `query ProductPage($id: ID!, $after: String!) { node(id: $id) { ... on Product {
    ${variants(", after: $after")}
  } } }`.replace(/\s+/g, " ");
