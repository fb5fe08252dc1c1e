import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "../client/admin-client.server.ts";

/**
 * Runs the query of a bulk operation once for one record. A bulk run keeps two things to itself that a plain
 * query says: a search field Shopify does not know is IGNORED and all records come, and a missing permission
 * fails the operation only at its end (Shopify's docs, search syntax and bulk operations).
 * Throws SHOPIFY_REFUSED naming the ignored field, or SCOPE_MISSING.
 */
export async function probeBulkQuery(client: AdminClient, probe: string): Promise<void> {
  const { extensions } = await client.graphql<unknown>(probe);
  const warnings = (extensions.search ?? []).flatMap((search) => search.warnings ?? []);
  if (warnings.length === 0) return;
  const said = warnings.map((warning) => `${warning.field}: ${warning.message}`).join("; ");
  throw new AppError(
    "SHOPIFY_REFUSED",
    `Shopify did not understand the period and would send everything (${said}).`,
  );
}
