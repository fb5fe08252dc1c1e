import type { AdminClient } from "../client/admin-client.server.ts";
import { refuseIgnoredSearch } from "../client/ignored-search.ts";

/**
 * Runs the query of a bulk operation once for one record. A bulk run keeps two things to itself that a plain
 * query says: a search field Shopify does not know is IGNORED and all records come, and a missing permission
 * fails the operation only at its end (Shopify's docs, search syntax and bulk operations).
 * Throws SHOPIFY_REFUSED naming the ignored field, or SCOPE_MISSING.
 */
export async function probeBulkQuery(client: AdminClient, probe: string): Promise<void> {
  const { extensions } = await client.graphql<unknown>(probe);
  refuseIgnoredSearch(extensions);
}
