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
