import { idFromGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { refuseIgnoredSearch } from "#app/shopify/client/ignored-search.ts";

const DOCUMENT = `query OrdersByName($search: String!, $after: String) {
  orders(first: 50, after: $after, query: $search) { nodes { id name } pageInfo { hasNextPage endCursor } }
}`;

type Answer = {
  orders: {
    nodes: { id: string; name: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/**
 * The orders that have exactly this name, with or without its "#": Shopify's search finds more, and names need not be unique.
 * @returns ids, none where there is no such order
 */
export async function findOrdersByName(client: AdminClient, name: string): Promise<string[]> {
  const bare = bareName(name);
  const search = [bare, `#${bare}`].map((one) => `name:${quoted(one)}`).join(" OR ");
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const variables: Record<string, unknown> = { search, after };
    const { data, extensions } = await client.graphql<Answer>(DOCUMENT, variables);
    refuseIgnoredSearch(extensions);
    for (const order of data.orders.nodes) if (bareName(order.name) === bare) ids.push(idFromGid(order.id));
    if (!data.orders.pageInfo.hasNextPage) return ids;
    after = data.orders.pageInfo.endCursor;
  }
}

function bareName(name: string): string {
  return name.trim().replace(/^#/, "");
}

/** A phrase of Shopify's search syntax. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
