import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "../client/admin-client.server.ts";
import { ignoredSearch } from "../client/ignored-search.ts";

/**
 * Runs the query of a bulk operation once for one record. A bulk run keeps two things to itself that a plain
 * query says: a search field Shopify does not know is IGNORED and all records come, and a missing permission
 * fails the operation only at its end (Shopify's docs, search syntax and bulk operations).
 * Throws SHOPIFY_REFUSED naming the ignored field, or SCOPE_MISSING.
 */
export async function probeBulkQuery(client: AdminClient, probe: string): Promise<void> {
  const { extensions } = await client.graphql<unknown>(probe);
  const ignored = ignoredSearch(extensions);
  if (ignored === null) return;
  throw new AppError(
    "SHOPIFY_REFUSED",
    `Shopify did not understand the period and would send everything (${ignored}).`,
  );
}
