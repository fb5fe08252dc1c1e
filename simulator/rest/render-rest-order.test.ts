import { expect, test } from "vitest";
import { documentedBody, lacking } from "#simulator/fixtures/documented-body.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestOrder } from "./render-rest-order.ts";
import type { Json } from "./rest-values.ts";

const store = createStore({ orders: 800, seed: 4 });
const orders = Array.from({ length: 800 }, (_, n) => store.collection("orders")?.at(n) as SimNode);
const bodies = orders.map((order) => JSON.parse(JSON.stringify(renderRestOrder(order))) as Json);

const parts = (key: string): Json[] => bodies.flatMap((body) => body[key] as Json[]);

test.each([
  ["orders/updated", bodies],
  ["refunds/create", parts("refunds")],
])("bodies have every key of Shopify's example of %s, of the same kind", (topic, list) => {
  expect(list.length).toBeGreaterThan(100);
  const wanted = documentedBody(topic);
  expect([...new Set(list.flatMap((one) => lacking(wanted, one, topic)))]).toEqual([]);
});

test("fulfilments have the keys of theirs, but for the two that only their own topic tells", () => {
  const wanted = documentedBody("fulfillments/update");
  const missing = parts("fulfillments").flatMap((one) => lacking(wanted, one, "fulfillment"));
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
