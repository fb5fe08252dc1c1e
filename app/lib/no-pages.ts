import { errorCatalogue } from "./errors.ts";
import type { Env } from "./parse-env.ts";

/**
 * What every page answers where there are none: while the app does not know its Shopify credentials (503: it will be there once they
 * are set), and for one shop with a fixed token, where nobody could be signed in (404: it is not there, however often it is asked for).
 */
export function noPages(shopify: Env["shopify"]): Response {
  const { words, next, status } = errorCatalogue[shopify === null ? "SHOPIFY_NOT_CONFIGURED" : "NO_PAGES"];
  return new Response(`${words}\n${next}`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
