import { AppError } from "#app/lib/errors.ts";
import { idFromGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { refuseIgnoredSearch } from "#app/shopify/client/ignored-search.ts";

/** Root connections that can be searched by `updated_at`. */
export type UpdatedRoot = "orders" | "products" | "customers";

/** A record that changed, and when by Shopify's clock. */
export type UpdatedRecord = { id: string; updatedAt: string };

/** Of customers Shopify compares whole days (its docs, customers): a day more is asked for, so that no zone's midnight matters. */
const CUSTOMERS_EARLIER_MS = 86_400_000;

/** How many records of a kind changed since `from` (Shopify counts to 10,000). @throws what the client throws */
export async function countUpdated(client: AdminClient, root: UpdatedRoot, from: Date): Promise<number> {
  const document = `query CountUpdated($search: String!) { ${root}Count(query: $search) { count } }`;
  const { data, extensions } = await client.graphql<Record<string, { count: number } | null>>(document, {
    search: searchOf(root, from),
  });
  refuseIgnoredSearch(extensions);
  return data[`${root}Count`]?.count ?? 0;
}

/**
 * Every record of a kind that changed since `from`, each once, by id and time only. The window is open to the present: a record
 * that changes while its pages are read moves to the end and comes again, none is passed over. Counted (law 9): as many as
 * Shopify counts when the last page has come; listed once more where not, and then only what changed meanwhile may explain a
 * difference.
 * @param counted how many `countUpdated` just found
 * @throws AppError BULK_INCOMPLETE where the counts differ without a cause
 */
export async function listUpdated(
  client: AdminClient,
  { root, from, counted, signal }: { root: UpdatedRoot; from: Date; counted: number; signal?: AbortSignal },
): Promise<UpdatedRecord[]> {
  let before = counted;
  for (let attempt = 1; ; attempt++) {
    const records = await readPages(client, { root, from, signal });
    const after = await countUpdated(client, root, from);
    if (records.length === after) return records;
    if (attempt === 1) {
      before = after;
      continue;
    }
    const between = Math.min(before, after) <= records.length && records.length <= Math.max(before, after);
    if (between) return records;
    throw new AppError(
      "BULK_INCOMPLETE",
      `Shopify listed ${String(records.length)} changed ${root}, but counted ${String(after)}`,
    );
  }
}

async function readPages(
  client: AdminClient,
  { root, from, signal }: { root: UpdatedRoot; from: Date; signal: AbortSignal | undefined },
): Promise<UpdatedRecord[]> {
  const document = `query ListUpdated($search: String!, $after: String) {
    ${root}(first: 250, after: $after, query: $search, sortKey: UPDATED_AT) {
      nodes { id updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`;
  type Page = {
    nodes: { id: string; updatedAt: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  const records = new Map<string, UpdatedRecord>();
  for (let after: string | null = null; ;) {
    signal?.throwIfAborted();
    const variables: Record<string, unknown> = { search: searchOf(root, from), after };
    const { data, extensions } = await client.graphql<Record<string, Page>>(document, variables);
    refuseIgnoredSearch(extensions);
    const page = data[root];
    for (const { id, updatedAt } of page?.nodes ?? []) {
      // Times of one spelling: the later text is the later time.
      const known = records.get(id);
      if (!known || known.updatedAt < updatedAt) records.set(id, { id: idFromGid(id), updatedAt });
    }
    if (!page?.pageInfo.hasNextPage) return [...records.values()];
    after = page.pageInfo.endCursor;
  }
}

/** What to search from, so that nothing that changed since `from` is left out. */
export function searchFrom(root: UpdatedRoot, from: Date): Date {
  return root === "customers" ? new Date(from.getTime() - CUSTOMERS_EARLIER_MS) : from;
}

function searchOf(root: UpdatedRoot, from: Date): string {
  return `updated_at:>='${searchFrom(root, from).toISOString().slice(0, 19)}Z'`;
}
