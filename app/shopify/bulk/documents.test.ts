import {
  getNamedType,
  isListType,
  isNonNullType,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLOutputType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { isGranted } from "#simulator/schema/access-rules.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";
import { bulkDocument } from "./documents.ts";

const allScopes = [
  ...[
    "read_products",
    "read_customers",
    "read_orders",
    "read_all_orders",
    "read_locations",
    "read_inventory",
  ],
  ...["read_returns", "read_merchant_managed_fulfillment_orders"],
  ...["read_assigned_fulfillment_orders", "read_third_party_fulfillment_orders"],
];
const purposes: BulkPurpose[] = ["products", "customers", "orders", "fulfillment_orders", "inventory"];
const from = new Date("2026-11-01T00:00:00Z");
const until = new Date("2026-11-02T10:30:00Z");
const created: BulkWindow = { by: "created", from, until };
const updated: BulkWindow = { by: "updated", from, until };

const scopeSets: Record<string, string[]> = {
  "every scope": allScopes,
  "write scopes only": [
    "write_products",
    "write_customers",
    "write_orders",
    "write_inventory",
    "write_merchant_managed_fulfillment_orders",
  ],
  "no locations": allScopes.filter((scope) => !/locations|inventory/.test(scope)),
  "inventory but no locations": allScopes.filter((scope) => scope !== "read_locations"),
  "no customers, no products": [
    ...allScopes.filter((scope) => !/customers|products|read_orders$/.test(scope)),
    "read_orders",
  ],
};

describe("every document is one Shopify would run", () => {
  const cases = Object.entries(scopeSets).flatMap(([name, scopes]) =>
    purposes.flatMap((purpose) =>
      [null, created, updated].map((window) => [purpose, name, window?.by ?? "all", scopes, window] as const),
    ),
  );
  test.each(cases)("%s with %s, %s", (purpose, _name, _window, scopes, window) => {
    const needsOther = {
      products: "products",
      customers: "customers",
      orders: "orders",
      fulfillment_orders: "fulfillment_orders",
      inventory: "inventory",
    };
    if (!scopes.some((scope) => scope.endsWith(needsOther[purpose]))) {
      expect(() => bulkDocument(purpose, { scopes, window })).toThrow(/needs the permission/);
      return;
    }
    const { query, probe } = bulkDocument(purpose, { scopes, window });
    for (const text of [query, probe]) {
      const document = parse(text);
      expect(validate(loadSchema().schema, document, specifiedRules).map((error) => error.message)).toEqual(
        [],
      );
      expect(forbiddenFields(document, scopes)).toEqual([]);
    }
    expect(bulkRulesBrokenBy(parse(query))).toEqual([]);
    expect(Buffer.byteLength(query)).toBeLessThanOrEqual(65_535);
  });
});

test.each([
  ["orders", "__typename id updatedAt name displayFinancialStatus displayFulfillmentStatus"],
  ["products", "__typename id updatedAt title handle"],
  ["customers", "__typename id updatedAt"],
  ["fulfillment_orders", "__typename id updatedAt orderId"],
  ["inventory", "__typename id updatedAt"],
] as const)("a line of %s begins with what the reader takes by position", (purpose, first) => {
  const { query } = bulkDocument(purpose, { scopes: allScopes, window: null });
  const words = (query.split("node {")[1] ?? "").trim().split(/\s+/);
  expect(words.slice(0, first.split(" ").length).join(" ")).toBe(first);
});

test("every child begins with __typename, then its id", () => {
  for (const purpose of purposes) {
    const { query } = bulkDocument(purpose, { scopes: allScopes, window: null });
    for (const node of query.split("node {").slice(1)) expect(node.trim()).toMatch(/^__typename\s+id\b/);
  }
});

test("what a missing scope costs is named", () => {
  const scopes = ["read_orders"];
  expect(bulkDocument("orders", { scopes, window: null }).dropped).toEqual([
    "retailLocation.name (needs read_locations)",
    "retailLocation (needs read_locations or read_inventory)",
    "customer (needs read_customers)",
    "location.name (needs read_locations)",
    "location (needs read_locations or read_inventory)",
    "refunds.return (needs read_returns)",
    "lineItems.product (needs read_products)",
    "lineItems.variant (needs read_products)",
    "returns (needs read_returns)",
  ]);
  expect(bulkDocument("orders", { scopes: allScopes, window: null }).dropped).toEqual([]);
});

test.each([
  [
    "orders",
    created,
    `query: "created_at:>='2026-11-01T00:00:00Z' AND created_at:<'2026-11-02T10:30:00Z'", sortKey: CREATED_AT`,
  ],
  [
    "orders",
    updated,
    `query: "updated_at:>='2026-11-01T00:00:00Z' AND updated_at:<'2026-11-02T10:30:00Z'", sortKey: UPDATED_AT`,
  ],
  [
    "orders",
    { by: "created", from, until: null },
    `query: "created_at:>='2026-11-01T00:00:00Z'", sortKey: CREATED_AT`,
  ],
  // There is no created_at for customers: an unknown field would be ignored, and everybody would come.
  [
    "customers",
    created,
    `query: "customer_date:>='2026-11-01T00:00:00Z' AND customer_date:<'2026-11-02T10:30:00Z'", sortKey: CREATED_AT`,
  ],
  // Fulfilment orders of orders created in a window may be updated long after its end.
  [
    "fulfillment_orders",
    created,
    `query: "updated_at:>='2026-11-01T00:00:00Z'", sortKey: UPDATED_AT, includeClosed: true`,
  ],
] as const)(
  "%s: the window becomes a search with the sort key that belongs to it",
  (purpose, window, search) => {
    expect(bulkDocument(purpose, { scopes: allScopes, window }).query).toContain(`(${search})`);
  },
);

test("stock is read whole: a search of its items would miss levels that changed without them", () => {
  const { query } = bulkDocument("inventory", { scopes: allScopes, window: updated });
  expect(query).toMatch(/^\{\ninventoryItems \{/);
});

/** Fields of the document that these scopes may not read, by Shopify's own list. */
function forbiddenFields(document: DocumentNode, scopes: string[]): string[] {
  const { schema, access } = loadSchema();
  const info = new TypeInfo(schema);
  const granted = new Set(scopes);
  const found: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const type = info.getType();
        if (!parent || !type) return;
        for (const rule of access.forField(parent.name, node.name.value, getNamedType(type).name)) {
          if (!isGranted(rule, granted)) found.push(`${parent.name}.${node.name.value}`);
        }
      },
    }),
  );
  return found;
}

/** Shopify's rules for bulk documents: at most 5 connections, 2 levels below the root, none inside a list. */
function bulkRulesBrokenBy(document: DocumentNode): string[] {
  const info = new TypeInfo(loadSchema().schema);
  const broken: string[] = [];
  let connections = 0;
  const path: ("connection" | "list" | "other")[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const type = info.getType();
          const kind = !type ? "other" : kindOf(type);
          if (kind === "connection") {
            connections += 1;
            if (path.includes("list")) broken.push(`${node.name.value} is a connection inside a list`);
            if (path.filter((step) => step === "connection").length > 2)
              broken.push(`${node.name.value} is too deep`);
          }
          // The list of edges belongs to its connection.
          path.push(node.name.value === "edges" ? "other" : kind);
        },
        leave() {
          path.pop();
        },
      },
    }),
  );
  if (connections > 5) broken.push(`${String(connections)} connections`);
  return broken;
}

function kindOf(type: GraphQLOutputType): "connection" | "list" | "other" {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return "list";
  return getNamedType(inner).name.endsWith("Connection") ? "connection" : "other";
}
