import { levelFields } from "../details/inventory-detail-document.ts";
import { page, type Fields, type RootArguments } from "./granted-fields.ts";

/**
 * Inventory items with all their stock levels (2 connections), each level in the words of a single answer. Levels that are not
 * active any more are left out, as there: what is not shown is asked for.
 */
export function inventoryDocument(_fields: Fields, root: RootArguments): string {
  return `{
    inventoryItems(${[root.filter, root.page].filter(Boolean).join(", ")}) {
      edges {
        node {
          __typename
          id
          updatedAt
          inventoryLevels${page(root.page)} {
            edges {
              node {
                ${levelFields}
              }
            }
          }
        }
      }
    }
  }`;
}
