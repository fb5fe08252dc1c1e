import { expect, test } from "vitest";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { checkBulkQuery, findDeniedField } from "./check-bulk-query.ts";

const admin = loadSchema();
const edges = (inner: string): string => `{ edges { node { ${inner} } } }`;

function messageOf(query: string): string | null {
  const checked = checkBulkQuery(query, admin);
  return "message" in checked ? checked.message : null;
}

test.each([
  ["one connection", `{ products ${edges("id title")} }`],
  [
    "two levels below the root",
    `{ products ${edges(`id variants ${edges(`id metafields ${edges("id")}`)}`)} }`,
  ],
  [
    "five connections",
    `{ products ${edges(`id variants ${edges("id")} media ${edges("id")} collections ${edges("id")} metafields ${edges("id")}`)} }`,
  ],
  ["paging arguments", `{ products(first: 10) ${edges("id")} }`],
  [
    "lists without connections",
    `{ orders ${edges("id fulfillments { id trackingInfo { number } } refunds { id }")} }`,
  ],
  [
    "a named fragment",
    `query { orders ${edges("id totalPriceSet { ...M }")} } fragment M on MoneyBag { shopMoney { amount } }`,
  ],
  [
    "the id from a fragment",
    `query { products ${edges(`...P variants ${edges("id")}`)} } fragment P on Product { id }`,
  ],
  ["nodes that are no Node", `{ orders ${edges(`id discountApplications ${edges("__typename index")}`)} }`],
])("%s is allowed", (_name, query) => {
  expect(messageOf(query)).toBeNull();
});

test.each([
  [
    "nodes instead of edges",
    "{ products { nodes { id } } }",
    "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'products'.",
  ],
  [
    "a top level node",
    '{ node(id: "gid://shopify/Product/1") { id } }',
    "Bulk queries cannot contain a top level `node` field.",
  ],
  ["no connection", "{ shop { name } }", "Bulk queries must contain at least one connection."],
  [
    "three levels below the root",
    `{ collections ${edges(`id products ${edges(`id variants ${edges(`id metafields ${edges("id")}`)}`)}`)} }`,
    "Bulk queries cannot contain connections with a nesting depth greater than 2.",
  ],
  [
    "six connections",
    `{ products ${edges(`id variants ${edges("id")} media ${edges("id")} collections ${edges("id")} metafields ${edges("id")} sellingPlanGroups ${edges("id")}`)} }`,
    "Bulk queries cannot contain more than 5 connections.",
  ],
  [
    "a parent without id",
    `{ products ${edges(`title variants ${edges("id")}`)} }`,
    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
  ],
  [
    "a parent with an aliased id",
    `{ products ${edges(`gid: id variants ${edges("id")}`)} }`,
    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
  ],
  [
    "a connection inside a list",
    `{ orders ${edges(`id refunds { id refundLineItems ${edges("quantity")} }`)} }`,
    "Queries that contain a connection field within a list field are not currently supported.",
  ],
  [
    "a mutation",
    'mutation { orderClose(input: {id: "gid://shopify/Order/1"}) { order { id } } }',
    "Invalid operation type. Only `query` operations are supported.",
  ],
  ["an unfinished text", "{ products { edges {", "Invalid bulk query: syntax error, unexpected end of file"],
  [
    "an unknown field",
    `{ products ${edges("id colour")} }`,
    "Invalid bulk query: Field 'colour' doesn't exist on type 'Product'",
  ],
])("%s is refused", (_name, query, message) => {
  expect(messageOf(query)).toBe(message);
});

test("65,535 bytes are allowed, one more is not", () => {
  const query = `{ products ${edges("id")} } `;
  expect(messageOf(query.padEnd(65_535, "#"))).toBeNull();
  expect(messageOf(query.padEnd(65_536, "#"))).toBe(
    "Query is too large (65536 bytes; maximum is 65535 bytes)",
  );
});

test.each([
  ["id name", "read_orders", null],
  ["id customer { id }", "read_orders", "Order.customer"],
  ["id retailLocation { id name }", "read_orders,read_inventory", "Location.name"],
  ["id retailLocation { id name }", "read_orders,read_locations", null],
  ["id ... on Order { paymentTerms { id } }", "read_orders", "Order.paymentTerms"],
])("orders{%s} with %s: closed field %s", (selection, scopes, denied) => {
  const checked = checkBulkQuery(`{ orders ${edges(selection)} }`, admin);
  if ("message" in checked) throw new Error(checked.message);
  expect(findDeniedField(checked.query, admin, new Set(scopes.split(",")))).toBe(denied);
});
