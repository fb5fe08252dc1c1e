import { describe, expect, test } from "vitest";
import { documentedBody, documentedVersions } from "#tests/shopify-examples/documented.ts";
import { readNews } from "./read-news.ts";
import { webhookTopics } from "./topics.ts";

const VERSION = documentedVersions.at(-1) ?? "";

/** Documentation ids above 2^53 are rounded in JSON and so are no ids; small ones stand in for them. */
function withSmallIds(value: unknown, key = ""): unknown {
  if (typeof value === "number" && /(^|_)id$/.test(key) && !Number.isSafeInteger(value)) return 7001;
  if (Array.isArray(value)) return value.map((item) => withSmallIds(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withSmallIds(item, name)]));
}

const newsOf = (topic: string, body: object) => readNews(topic, body as Record<string, unknown>);
const documented = (topic: string) =>
  newsOf(topic, withSmallIds(documentedBody(VERSION, topic) ?? {}) as object);

describe("Shopify's own examples", () => {
  const fetches = (kind: string, id: string) => ({ asks: "fetch", kind, id });
  test.each([
    ["orders/edited", fetches("order", "7001")],
    ["orders/delete", fetches("order", "7001")],
    ["refunds/create", fetches("order", "7001")],
    ["order_transactions/create", fetches("order", "7001")],
    ["fulfillments/create", fetches("order", "7001")],
    ["fulfillments/update", fetches("order", "7001")],
    ["fulfillment_events/create", fetches("order", "7001")],
    ["returns/request", fetches("order", "4783296544821")],
    ["returns/approve", fetches("order", "4783296544821")],
    ["returns/close", fetches("order", "4783296544821")],
    ["returns/update", fetches("return", "123134564567890")],
    ["returns/process", { asks: "nothing" }],
    ["fulfillment_orders/placed_on_hold", fetches("fulfillment_order", "1")],
    ["fulfillment_orders/moved", fetches("fulfillment_order", "1")],
    ["fulfillment_orders/merged", fetches("fulfillment_order", "1")],
    ["products/delete", fetches("product", "7001")],
    ["customers/delete", fetches("customer", "706405506930370084")],
    // The documentation shows a merge that failed.
    ["customers/merge", { asks: "nothing" }],
    ["inventory_levels/disconnect", { asks: "fetch", kind: "inventory", id: "7001@24826418" }],
    ["inventory_items/update", { asks: "item", itemId: "271878346596884015", isGone: false }],
    ["inventory_items/delete", { asks: "item", itemId: "271878346596884015", isGone: true }],
    ["app/uninstalled", { asks: "uninstall" }],
    ["app/scopes_update", { asks: "scopes" }],
    ["customers/data_request", { asks: "privacy" }],
    ["customers/redact", { asks: "privacy" }],
    ["shop/redact", { asks: "privacy" }],
  ])("%s", (topic, news) => {
    expect(documented(topic)).toEqual(news);
  });

  test("every topic that is subscribed to and brings no record is read", () => {
    const read = [...webhookTopics].filter(
      ([topic, { carries }]) => carries !== "record" && topic !== "bulk_operations/finish",
    );
    expect(read.length).toBeGreaterThan(30);
    const without = read.filter(([topic]) => !("asks" in (documented(topic) ?? {})));
    expect(without.map(([topic]) => topic)).toEqual([]);
  });
});

test("a merge names whom it kept and who is gone", () => {
  const body = {
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
    status: "completed",
  };
  expect(newsOf("customers/merge", body)).toEqual({ asks: "merge", keptId: "1", goneId: "2" });
});

test("a location is told with its name and whether it is in use; a deleted one with its id alone", () => {
  const body = { id: 5, name: "Pune", active: false, updated_at: "2026-11-22T10:00:00+05:30" };
  expect(newsOf("locations/update", body)).toMatchObject({
    location: {
      id: "5",
      name: "Pune",
      isActive: false,
      isGone: false,
      updatedAt: "2026-11-22T04:30:00.000000Z",
    },
  });
  expect(newsOf("locations/delete", { id: 5 })).toMatchObject({
    location: { id: "5", name: null, isActive: false, isGone: true },
  });
});

test.each([
  ["orders/delete", {}, "id"],
  ["orders/edited", { order_edit: null }, "order_edit.order_id"],
  ["refunds/create", { order_id: 2 ** 60 }, "order_id"],
  [
    "fulfillment_orders/moved",
    { original_fulfillment_order: { id: "gid://shopify/Order/1" } },
    "fulfillment_order.id",
  ],
  [
    "customers/merge",
    { admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1" },
    "admin_graphql_api_customer_deleted_id",
  ],
  ["inventory_levels/disconnect", { inventory_item_id: 1 }, "location_id"],
])("%s without its id says which", (topic, body, path) => {
  expect(newsOf(topic, body)).toEqual({ problem: `There is no exact id at "${path}"` });
});

test("a topic nobody subscribed to brings no news", () => {
  expect(newsOf("draft_orders/create", { id: 1 })).toBeNull();
});
