import { idFromGid, toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { refuseIgnoredSearch } from "#app/shopify/client/ignored-search.ts";
import type { NamedLocation } from "#app/shopify/webhooks/read-news.ts";
import type { FetchedDetail } from "./fetch-details.server.ts";
import { updatedLevelsDocument } from "./inventory-detail-document.ts";
import type { Connection } from "./read-all-pages.ts";
import { readLevel } from "./read-level.ts";

const LOCATIONS_DOCUMENT = `query Locations($after: String) {
  locations(first: 250, after: $after, includeInactive: true, includeLegacy: true, sortKey: ID) {
    nodes { id name isActive updatedAt } pageInfo { hasNextPage endCursor }
  }
}`;

type LocationPage = {
  nodes: { id: string; name: string; isActive: boolean; updatedAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/**
 * Every place where the shop keeps stock, inactive ones and those of fulfilment services among them. Needs read_locations.
 * @throws what the client throws
 */
export async function listLocations(
  client: AdminClient,
  { signal }: { signal?: AbortSignal } = {},
): Promise<NamedLocation[]> {
  const locations: NamedLocation[] = [];
  for (let after: string | null = null; ;) {
    signal?.throwIfAborted();
    const variables: Record<string, unknown> = { after };
    const { data } = await client.graphql<{ locations: LocationPage }>(LOCATIONS_DOCUMENT, variables);
    for (const { id, name, isActive, updatedAt } of data.locations.nodes)
      locations.push({ id: idFromGid(id), name, isActive, isGone: false, updatedAt });
    if (!data.locations.pageInfo.hasNextPage) return locations;
    after = data.locations.pageInfo.endCursor;
  }
}

/**
 * The stock levels of a location that changed since `from`, whole and ready for the cache, by pages of 250. Asked for by their
 * own time: a level's change need not move its item's. Shopify neither counts nor sorts them by time, it lists them by id: one
 * that comes into the window behind the page that is read has changed since the reading began, and is found by the next one.
 * A location that is gone has none.
 * @throws AppError SHOPIFY_REFUSED where Shopify would leave the search out; what the client throws
 */
export async function* listUpdatedLevels(
  client: AdminClient,
  { locationId, from, signal }: { locationId: string; from: Date; signal?: AbortSignal },
): AsyncGenerator<FetchedDetail[], void> {
  const search = `updated_at:>='${from.toISOString().slice(0, 19)}Z'`;
  for (let after: string | null = null; ;) {
    signal?.throwIfAborted();
    const variables: Record<string, unknown> = { id: toGid("Location", locationId), search, after };
    const { data, extensions } = await client.graphql<{ location: { inventoryLevels: Connection } | null }>(
      updatedLevelsDocument,
      variables,
    );
    refuseIgnoredSearch(extensions);
    const page = data.location?.inventoryLevels;
    if (!page) return;
    yield page.nodes.map(readLevel);
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor ?? null;
  }
}
