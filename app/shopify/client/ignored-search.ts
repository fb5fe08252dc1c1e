import { AppError } from "#app/lib/errors.ts";
import type { GraphqlExtensions } from "./graphql-answer.ts";

/**
 * What Shopify did not understand of a search, in words, or null. It IGNORES such a term and answers with every record
 * (Shopify's docs, search syntax), so whoever counts on the search must look here.
 */
export function ignoredSearch(extensions: GraphqlExtensions): string | null {
  const warnings = (extensions.search ?? []).flatMap((search) => search.warnings ?? []);
  if (warnings.length === 0) return null;
  return warnings.map((warning) => `${warning.field}: ${warning.message}`).join("; ");
}

/** @throws AppError SHOPIFY_REFUSED where Shopify left out a part of the search: it would have sent everything. */
export function refuseIgnoredSearch(extensions: GraphqlExtensions): void {
  const ignored = ignoredSearch(extensions);
  if (ignored === null) return;
  throw new AppError(
    "SHOPIFY_REFUSED",
    `Shopify did not understand the period and would send everything (${ignored}).`,
  );
}
