import { readdirSync, readFileSync } from "node:fs";
import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";
import { anOrder, aProduct, tinyStore } from "#simulator/fixtures/tiny-store.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";

const store = tinyStore({
  products: [aProduct(1)],
  orders: [anOrder(1), anOrder(2, { createdAt: "2026-05-20T00:00:00Z" })],
});

describe("a document that Shopify refuses is refused in Shopify's words", () => {
  test.each([
    [
      "{ orders(first: 1) { nodes { colour } } }",
      "Field 'colour' doesn't exist on type 'Order'",
      ["query", "orders", "nodes", "colour"],
      { code: "undefinedField", typeName: "Order", fieldName: "colour" },
    ],
    [
      "query Mine { frist: order(id: 1) { id } orderz { id } }",
      "Field 'orderz' doesn't exist on type 'QueryRoot'",
      ["query Mine", "orderz"],
      { code: "undefinedField", typeName: "QueryRoot", fieldName: "orderz" },
    ],
    [
      "{ orders(firs: 1) { nodes { id } } }",
      "Field 'orders' doesn't accept argument 'firs'",
      ["query", "orders", "firs"],
      { code: "argumentNotAccepted", name: "orders", typeName: "Field", argumentName: "firs" },
    ],
    [
      "{ order { id } }",
      "Field 'order' is missing required arguments: id",
      ["query", "order"],
      { code: "missingRequiredArguments", className: "Field", name: "order", arguments: "id" },
    ],
    [
      "{ shop }",
      "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
      ["query", "shop"],
      { code: "selectionMismatch", nodeName: "field 'shop'", typeName: "Shop" },
    ],
    [
      "{ shop { name { first } } }",
      "Selections can't be made on scalars (field 'name' returns String but has selections)",
      ["query", "shop", "name"],
      { code: "selectionMismatch", nodeName: "field 'name'", typeName: "String" },
    ],
    [
      '{ orders(first: "two") { nodes { id } } }',
      "Argument 'first' on Field 'orders' has an invalid value (\"two\").",
      ["query", "orders", "first"],
      { code: "argumentLiteralsIncompatible", typeName: "Field", argumentName: "first" },
    ],
    [
      "{ orders(first: 1, sortKey: PRICE) { nodes { id } } }",
      "Argument 'sortKey' on Field 'orders' has an invalid value (PRICE).",
      ["query", "orders", "sortKey"],
      { code: "argumentLiteralsIncompatible", typeName: "Field", argumentName: "sortKey" },
    ],
    [
      "{ order(id: $id) { id } }",
      "Variable $id is used by anonymous query but not declared",
      ["query", "order", "id"],
      { code: "variableNotDefined", variableName: "id" },
    ],
    [
      "query Q($id: ID) { shop { id } }",
      "Variable $id is declared by Q but not used",
      ["query Q"],
      { code: "variableNotUsed", variableName: "id" },
    ],
    [
      "{ shop { ...Missing } }",
      "Fragment Missing was used, but not defined",
      ["query", "shop", "... Missing"],
      { code: "useAndDefineFragment", fragmentName: "Missing" },
    ],
    [
      "{ shop { ... on Nothing { id } } }",
      "No such type Nothing, so it can't be a fragment condition",
      ["query", "shop", "... on Nothing"],
      { code: "undefinedType", typeName: "Nothing" },
    ],
    [
      "{ shop @upper { id } }",
      "Directive @upper is not defined",
      ["query", "shop"],
      { code: "undefinedDirective", directiveName: "upper" },
    ],
  ])("%s", async (query, message, path, extensions) => {
    const { errors, data } = await runGraphQL(store, query);
    expect(data).toBeUndefined();
    expect(errors).toContainEqual(expect.objectContaining({ message, path, extensions }));
  });

  test("a query that ends too early", async () => {
    const { errors } = await runGraphQL(store, "{ shop { id }");
    expect(errors).toEqual([
      { message: "syntax error, unexpected end of file at [1, 14]", locations: [{ line: 1, column: 14 }] },
    ]);
  });

  test.each([
    [
      "query ($id: ID!) { order(id: $id) { id } }",
      {},
      "Variable $id of type ID! was provided invalid value",
      [{ path: [], explanation: "Expected value to not be null" }],
    ],
    [
      "query ($n: Int) { orders(first: $n) { nodes { id } } }",
      { n: "two" },
      "Variable $n of type Int was provided invalid value",
      [{ path: [], explanation: 'Could not coerce value "two" to Int' }],
    ],
    [
      "mutation ($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { message } } }",
      { input: { name: "available", reason: "correction", ignoreCompareQuantity: true, quantities: [] } },
      "Variable $input of type InventorySetQuantitiesInput! was provided invalid value for ignoreCompareQuantity (Field is not defined on InventorySetQuantitiesInput)",
      [
        {
          path: ["ignoreCompareQuantity"],
          explanation: "Field is not defined on InventorySetQuantitiesInput",
        },
      ],
    ],
  ])("variables: %s", async (query, variables, message, problems) => {
    const { errors } = await runGraphQL(store, query, { variables });
    expect(errors?.[0]).toMatchObject({ message, extensions: { code: "INVALID_VARIABLE", problems } });
  });
});

describe("what is valid but not simulated says so by name, never null", () => {
  test.each([
    [
      "{ products(first: 1) { nodes { id descriptionHtml } } }",
      "Product.descriptionHtml is not simulated yet",
    ],
    ["{ draftOrders(first: 1) { nodes { id } } }", "QueryRoot.draftOrders is not simulated yet"],
    [
      'mutation { tagsAdd(id: "gid://shopify/Order/1", tags: ["a"]) { userErrors { message } } }',
      "Mutation.tagsAdd is not simulated yet",
    ],
  ])("%s", async (query, message) => {
    const { errors } = await runGraphQL(store, query, { scopes: ["read_products", "read_draft_orders"] });
    expect(errors?.[0]).toMatchObject({ message, extensions: { code: "NOT_SIMULATED" } });
  });
});

describe("scopes", () => {
  test("a root field without its scope is null with ACCESS_DENIED", async () => {
    const { data, errors } = await runGraphQL(
      store,
      "{ customers(first: 1) { nodes { id } } shop { name } }",
      { scopes: [] },
    );
    expect(data).toBeNull();
    expect(errors?.[0]).toEqual({
      message: "Access denied for customers field. Required access: `read_customers` access scope.",
      locations: [{ line: 1, column: 3 }],
      path: ["customers"],
      extensions: {
        code: "ACCESS_DENIED",
        documentation: "https://shopify.dev/api/usage/access-scopes",
        requiredAccess: "`read_customers` access scope.",
      },
    });
  });

  test("one field may ask for more than its type: a location's name", async () => {
    const withLocation = tinyStore({
      locations: [
        {
          __typename: "Location",
          id: "gid://shopify/Location/1",
          name: "Surat",
          isActive: true,
          isFulfillmentService: false,
        },
      ],
    });
    const query = "{ locations(first: 1) { nodes { id name } } }";
    const denied = await runGraphQL(withLocation, query, { scopes: ["read_inventory"] });
    expect(denied.errors?.[0]?.message).toContain(
      "Access denied for name field. Required access: `read_locations` access scope",
    );
    const { data } = await runGraphQL(withLocation, query, { scopes: ["write_locations"] });
    expect(data).toEqual({ locations: { nodes: [{ id: "gid://shopify/Location/1", name: "Surat" }] } });
  });

  test("node does not go around the scopes of the type it finds", async () => {
    const { errors } = await runGraphQL(store, '{ node(id: "gid://shopify/Order/2") { id } }', {
      scopes: ["read_products"],
    });
    expect(errors?.[0]?.message).toMatch(
      /^Access denied for node field\. Required access: `read_orders` access scope/,
    );
  });

  test("without read_all_orders only orders of the last 60 days are there, silently", async () => {
    const query =
      '{ orders(first: 9) { nodes { name } } ordersCount { count } old: order(id: "gid://shopify/Order/1") { name } }';
    const { data, errors } = await runGraphQL(store, query, { scopes: ["read_orders"] });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ orders: { nodes: [{ name: "#2" }] }, ordersCount: { count: 1 }, old: null });
  });
});

describe("ids", () => {
  test("an unknown id is null, one of another type an error", async () => {
    const unknown = await runGraphQL(
      store,
      '{ product(id: "gid://shopify/Product/99") { id } node(id: "gid://shopify/Product/1") { id __typename } }',
    );
    expect(unknown.data).toEqual({
      product: null,
      node: { id: "gid://shopify/Product/1", __typename: "Product" },
    });
    const wrong = await runGraphQL(store, '{ product(id: "gid://shopify/Order/1") { id } }');
    expect(wrong.errors?.[0]?.extensions).toEqual({ code: "RESOURCE_NOT_FOUND" });
    const nonsense = await runGraphQL(store, '{ product(id: "1") { id } }');
    expect(nonsense.errors?.[0]?.message).toBe("Invalid global id '1'");
  });
});

describe("cost", () => {
  test("every answer tells requested and actual cost and the bucket", async () => {
    const { extensions } = await runGraphQL(store, "{ products(first: 10) { nodes { id } } }");
    expect(extensions).toEqual({
      cost: {
        requestedQueryCost: 12,
        actualQueryCost: 3,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1997, restoreRate: 100 },
      },
    });
  });

  test("the one known live cost of a big page: 25 points for a product with 250 variants and their items", async () => {
    const query =
      '{ product(id: "gid://shopify/Product/9") { variants(first: 250) { nodes { inventoryItem { id tracked } } } } }';
    expect((await runGraphQL(store, query)).extensions?.cost).toMatchObject({
      requestedQueryCost: 25,
      actualQueryCost: 0,
    });
  });

  test("what does not fit into the bucket is THROTTLED and takes nothing", async () => {
    const { data, errors, extensions } = await runGraphQL(store, "{ products(first: 10) { nodes { id } } }", {
      bucketSize: 11,
    });
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: "Throttled",
        extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" },
      },
    ]);
    expect(extensions?.cost).toEqual({
      requestedQueryCost: 12,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 11, currentlyAvailable: 11, restoreRate: 100 },
    });
  });

  test("a single query above 1,000 points is refused whatever the bucket holds", async () => {
    const inner = "variants(first: 250) { nodes { metafields(first: 250) { nodes { id } } } }";
    const { errors } = await runGraphQL(store, `{ products(first: 250) { nodes { ${inner} } } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "MAX_COST_EXCEEDED", maxCost: 1000 });
    expect(errors?.[0]?.message).toMatch(
      /^Query cost is \d+, which exceeds the single query max cost limit \(1000\)\./,
    );
  });
});

test("every document an ERP connection needs is valid against the schema", () => {
  const { schema } = loadSchema();
  const folders = [new URL("../fixtures/", import.meta.url), new URL("../store/fixtures/", import.meta.url)];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".graphql"))
      .map((name) => new URL(name, folder)),
  );
  expect(files.length).toBeGreaterThanOrEqual(12);
  for (const file of files)
    expect(validate(schema, parse(readFileSync(file, "utf8"))), file.pathname).toEqual([]);
});
