import { expect, test } from "vitest";
import { customersOfOrder, namedInBody } from "./named-ids.ts";

const named = (topic: string, body: object | string) =>
  namedInBody(topic, typeof body === "string" ? body : JSON.stringify(body));

test.each([
  ["orders/delete", { id: 11 }, ["11"], []],
  ["orders/edited", { order_edit: { id: 5, order_id: 11 } }, ["11"], []],
  ["refunds/create", { id: 5, order_id: 11, refund_line_items: [{ line_item_id: 7 }] }, ["11"], []],
  [
    "returns/request",
    { id: 5, order: { id: 11, admin_graphql_api_id: "gid://shopify/Order/11" } },
    ["11"],
    [],
  ],
  ["customers/delete", { id: 31 }, [], ["31"]],
  [
    "customers/merge",
    {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/31",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/32",
    },
    ...[[], ["31", "32"]],
  ],
  ["customers_marketing_consent/update", { customer_id: 31 }, [], ["31"]],
  ["products/delete", { id: 11 }, [], []],
] as [string, object, string[], string[]][])(
  "%s names whom it is about",
  (topic, body, orders, customers) => {
    expect(named(topic, body)).toEqual({ orders, customers });
  },
);

test("a body nobody can read may be about anybody whose number stands in it", () => {
  expect(named("orders/updated", '{"id": 1001, "customer": {"id": 7700112233,')).toEqual({
    orders: ["1001", "7700112233"],
    customers: ["1001", "7700112233"],
  });
});

test("whose order a payload is: by its customer in REST, by gids in a node, however their slashes are written", () => {
  expect(customersOfOrder("rest", JSON.stringify({ id: 1, customer: { id: 31 } }))).toEqual(["31"]);
  expect(customersOfOrder("rest", JSON.stringify({ id: 1, customer: null }))).toEqual([]);
  expect(customersOfOrder("bulk", String.raw`{"customer":{"id":"gid:\/\/shopify\/Customer\/31"}}`)).toEqual([
    "31",
  ]);
});
