import { errorCatalogue } from "#app/lib/errors.ts";

/** What every page answers while the app does not know its Shopify credentials. */
export function notConfigured(): Response {
  const { words, status } = errorCatalogue.SHOPIFY_NOT_CONFIGURED;
  return new Response(words, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
