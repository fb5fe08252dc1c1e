/**
 * A stock level: the form in which it is kept, whichever way it was asked for, so that a dump and an answer tell the same. A
 * location's name is not in it: renaming a location must not make all of its levels differ from what was known.
 */
export const levelFields = `__typename id updatedAt isActive
      location { id } item { id }
      quantities(names: ["available", "on_hand", "committed", "incoming", "reserved"]) { name quantity }`;

/** A page of stock levels. */
const levelPage = `{
    nodes {
      ${levelFields}
    }
    pageInfo { hasNextPage endCursor }
  }`;

/** Levels of one item: one for each location that stocks it, up to 50 a page. */
const levels = (after: string) => `inventoryLevels(first: 50${after}) ${levelPage}`;

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

/**
 * The next page of one location's levels that a search finds, those of items no longer stocked there among them: a plain query
 * over `$id`, `$search` and `$after`. Needs read_inventory and read_locations.
 */
export const updatedLevelsDocument =
  `query UpdatedLevels($id: ID!, $search: String!, $after: String) { location(id: $id) {
    inventoryLevels(first: 250, after: $after, query: $search, includeInactive: true) ${levelPage}
  } }`.replace(/\s+/g, " ");
