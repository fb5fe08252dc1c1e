/** Levels of one item: one for each location that stocks it, up to 50 a page. */
const levels = (after: string) => `inventoryLevels(first: 50${after}) {
    nodes {
      __typename id updatedAt isActive
      location { id } item { id }
      quantities(names: ["available", "on_hand", "committed", "incoming", "reserved"]) { name quantity }
    }
    pageInfo { hasNextPage endCursor }
  }`;

/** Inventory items with their levels: a plain query over `$ids`, inventory item gids. Needs read_inventory. */
export const inventoryDetailDocument =
  `query InventoryDetail($ids: [ID!]!) { nodes(ids: $ids) { ... on InventoryItem {
    id ${levels("")}
  } } }`.replace(/\s+/g, " ");

/** The next page of one item's levels: a plain query over `$id` and `$after`. */
export const inventoryPageDocument =
  `query InventoryPage($id: ID!, $after: String!) { node(id: $id) { ... on InventoryItem {
    ${levels(", after: $after")}
  } } }`.replace(/\s+/g, " ");
