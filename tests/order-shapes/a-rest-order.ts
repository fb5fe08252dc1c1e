import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import type { DecodedOrder, OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

export type Patch = Record<string, unknown>;

/** A money bag: `price_set` and the like. */
export const set = (shop: string, presentment = shop): Patch => ({
  shop_money: { amount: shop, currency_code: "" },
  presentment_money: { amount: presentment, currency_code: "" },
});

/** One of `line_items`, with the least it has. */
export const aRestLine = (patch: Patch = {}): Patch => ({
  id: 15518907892012,
  admin_graphql_api_id: "gid://shopify/LineItem/15518907892012",
  title: "Anarkali Kurta",
  quantity: 1,
  price: "100.00",
  ...patch,
});

/** The least a webhook's order has. */
export const aRestOrder = (patch: Patch = {}): Patch => ({
  id: 6200407294252,
  admin_graphql_api_id: "gid://shopify/Order/6200407294252",
  name: "#1071",
  created_at: "2026-11-01T09:30:00+05:30",
  updated_at: "2026-11-01T10:30:00+05:30",
  currency: "INR",
  total_price: "100.00",
  line_items: [],
  shipping_lines: [],
  fulfillments: [],
  refunds: [],
  ...patch,
});

export const decodeRest = (patch: Patch = {}): DecodedOrder =>
  decodeOrder("rest", JSON.stringify(aRestOrder(patch)));

/** The only line of an order. */
export const decodeRestLine = (patch: Patch, order: Patch = {}): OrderLinePart | undefined =>
  decodeRest({ ...order, line_items: [aRestLine(patch)] }).lines[0];
