import { idFromGid } from "#app/lib/gid.ts";
import { textOf, type AnswerNode } from "./read-all-pages.ts";

/** A stock level ready for the cache. */
export type LevelRecord = {
  /** As the cache knows it: `{item}@{location}`. */
  id: string;
  /** JSON text. */
  raw: string;
  shopifyUpdatedAt: string | null;
  header: { shopifyInventoryItemId: string; shopifyLocationId: string };
};

/**
 * A stock level as Shopify words it in an answer or in a bulk file (`levelFields` in inventory-detail-document.ts).
 * @throws TypeError if it does not say of which item and location it is
 */
export function readLevel(level: AnswerNode): LevelRecord {
  const item = idFromGid(gidUnder(level, "item"));
  const location = idFromGid(gidUnder(level, "location"));
  const updatedAt = level["updatedAt"];
  return {
    id: `${item}@${location}`,
    raw: textOf(level),
    shopifyUpdatedAt: typeof updatedAt === "string" ? updatedAt : null,
    header: { shopifyInventoryItemId: item, shopifyLocationId: location },
  };
}

function gidUnder(level: AnswerNode, name: string): string {
  return String((level[name] as AnswerNode | null | undefined)?.["id"]);
}
