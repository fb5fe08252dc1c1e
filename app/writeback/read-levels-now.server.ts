import { toGid, idFromGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { LiveLevel } from "./plan-stock.ts";

const QUESTION = `query StockNow($ids: [ID!]!, $location: ID!) {
  nodes(ids: $ids) { ... on InventoryItem { id tracked inventoryLevel(locationId: $location) { quantities(names: ["available"]) { quantity } } } }
}`;

/** Most ids that `nodes` takes (Admin API 2026-10). */
const MOST = 250;

type Answer = {
  nodes: ({
    id?: string;
    tracked?: boolean;
    inventoryLevel?: { quantities: { quantity: number }[] } | null;
  } | null)[];
};

/** What Shopify has of these levels right now, by "{item}@{location}"; one question for each location. Those it does not stock are null. */
export async function readLevelsNow(
  client: AdminClient,
  levels: readonly { inventoryItemId: string; locationId: string }[],
): Promise<Map<string, LiveLevel>> {
  const found = new Map<string, LiveLevel>();
  const byLocation = Map.groupBy(levels, ({ locationId }) => locationId);
  for (const [locationId, here] of byLocation) {
    const items = [...new Set(here.map(({ inventoryItemId }) => inventoryItemId))];
    for (let from = 0; from < items.length; from += MOST) {
      const { data } = await client.graphql<Answer>(QUESTION, {
        ids: items.slice(from, from + MOST).map((id) => toGid("InventoryItem", id)),
        location: toGid("Location", locationId),
      });
      for (const node of data.nodes) {
        if (node?.id === undefined) continue;
        const available = node.inventoryLevel?.quantities[0]?.quantity;
        if (available !== undefined)
          found.set(`${idFromGid(node.id)}@${locationId}`, { available, tracked: node.tracked === true });
      }
    }
  }
  return found;
}
