import { AppError } from "#app/lib/errors.ts";

/**
 * HTTP statuses by which Shopify refuses for good, in words (Shopify's docs, response codes). 401 is not among
 * them: it gets one new token first. 408, 429 and 5xx are tried again.
 */
const refusals: Record<number, string> = {
  402: "The store is frozen: its Shopify bill is unpaid. The owner has to settle it in Shopify.",
  403: "Shopify denies this app access to the store (HTTP 403).",
  404: "Shopify knows no such store, or not this API version (HTTP 404).",
  406: "Shopify does not accept the request (HTTP 406).",
  423: "The store is locked by Shopify (HTTP 423). Its owner has to contact Shopify.",
  430: "Shopify turned the request away for security reasons (HTTP 430).",
};

/** The refusal a status means, or null when it may be tried again. */
export function refusalOf(status: number): AppError | null {
  if (status === 408 || status === 429 || status >= 500) return null;
  const words = refusals[status] ?? `Shopify answered with HTTP ${String(status)}.`;
  return new AppError(status === 403 ? "SCOPE_MISSING" : "SHOPIFY_REFUSED", words);
}
