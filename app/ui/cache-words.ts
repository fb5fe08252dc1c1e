import type { PayloadShape, PayloadSource, QueuedKind } from "#app/cache/cache-tables.ts";

/** By which road a payload came. */
export const sourceWords: Record<PayloadSource, string> = {
  webhook: "Webhook",
  dump: "Bulk sync",
  lookback: "Look-back",
  fetch: "Single fetch",
};

/** How Shopify worded it. */
export const shapeWords: Record<PayloadShape, string> = {
  rest: "Webhook (REST)",
  bulk: "Bulk operation (GraphQL)",
  detail: "Single query (GraphQL)",
};

/** What an entry can be looked for by, beside its status. */
export const searchWords: Record<QueuedKind, string> = {
  order: "Order number or Shopify's order id",
  product: "Title, handle or Shopify's product id",
  customer: "Shopify's customer id",
  inventory: "Shopify's inventory item id or location id",
};

/** 1,234,567 bytes → "1.2 MB". */
export function sizeWords(bytes: number, number: (value: number) => string): string {
  if (bytes < 1_000) return `${number(bytes)} bytes`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${unit}`;
}
