const HOUR_MS = 3_600_000;

/**
 * When an offline token was issued, and its scopes told with it: they are from then, however late somebody writes them down.
 * A token lives an hour (Shopify's docs, offline access tokens); of one without an end it is `now`.
 */
export function tokenIssuedAt({ expires }: { expires?: Date | undefined }, now: Date): Date {
  return expires === undefined ? now : new Date(Math.min(now.getTime(), expires.getTime() - HOUR_MS));
}
