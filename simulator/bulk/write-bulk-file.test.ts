import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { aProduct, anOrder, tinyStore } from "#simulator/fixtures/tiny-store.ts";
import { connectionNodeType } from "#simulator/graphql/connection-types.ts";
import { resolveField, resolveType } from "#simulator/graphql/resolve-field.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimStore } from "#simulator/store/types.ts";
import { writeBulkFile, type BulkFileOptions } from "./write-bulk-file.ts";

const folder = mkdtempSync(join(tmpdir(), "bulk-file-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Line = Record<string, unknown> & { id?: string; __parentId?: string };

async function dump(store: SimStore, query: string, options: BulkFileOptions = {}) {
  const path = join(folder, "dump.jsonl");
  const counts = await writeBulkFile(store, query, path, options);
  const text = readFileSync(path, "utf8");
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  return { counts, text, lines };
}

const products = Array.from({ length: 28 }, (_unused, index) => aProduct(index + 1));
const tiny = tinyStore({ products, orders: [] });
const NESTED = `{ products { edges { node { id title tags
  variants { edges { node { id sku metafields { edges { node { id value } } } } } }
  collections { edges { node { id title } } } } } } }`;

test("counts are lines, root lines and bytes", async () => {
  const { counts, text, lines } = await dump(tiny, NESTED);
  expect(counts).toEqual({ objectCount: 28 * 8, rootObjectCount: 28, bytes: Buffer.byteLength(text) });
  expect(lines).toHaveLength(28 * 8);
});

test("a root line has no __parentId, a child line has it as its last key, lists and texts stay whole", async () => {
  const { text } = await dump(tiny, NESTED, { groupObjects: true });
  const [root, variant, metafield] = text.split("\n");
  expect(root).toBe('{"id":"gid://shopify/Product/1","title":"Kurta 1","tags":["cotton"]}');
  expect(variant).toBe(
    '{"id":"gid://shopify/ProductVariant/100","sku":"K1-S","__parentId":"gid://shopify/Product/1"}',
  );
  expect(metafield).toBe(
    '{"id":"gid://shopify/Metafield/1000","value":"Hand wash, \\"cold\\"","__parentId":"gid://shopify/ProductVariant/100"}',
  );
});

describe("ungrouped (the default)", () => {
  test("children come after their parent, in their connection's order, and mostly away from it", async () => {
    const { lines } = await dump(tiny, NESTED, { seed: 3 });
    const seen = new Set<string>();
    const orderOf = new Map<string, string[]>();
    let away = 0;
    let last: Line | undefined;
    for (const line of lines) {
      if (line.__parentId !== undefined) {
        expect(seen).toContain(line.__parentId);
        if (last?.id !== line.__parentId && last?.__parentId !== line.__parentId) away++;
        const list = orderOf.get(line.__parentId) ?? [];
        orderOf.set(line.__parentId, [...list, line.id ?? ""]);
      }
      seen.add(line.id ?? "");
      last = line;
    }
    expect(away).toBeGreaterThan(20);
    const skus = orderOf.get("gid://shopify/Product/9")?.filter((id) => id.includes("Variant"));
    expect(skus).toEqual([900, 901, 902].map((number) => `gid://shopify/ProductVariant/${String(number)}`));
  });

  test("the same lines as grouped, and the same file for the same seed", async () => {
    const grouped = await dump(tiny, NESTED, { groupObjects: true });
    const [one, again, other] = [
      await dump(tiny, NESTED, { seed: 5 }),
      await dump(tiny, NESTED, { seed: 5 }),
      await dump(tiny, NESTED, { seed: 6 }),
    ];
    expect(one.text).toBe(again.text);
    expect(one.text).not.toBe(other.text);
    expect(one.text.split("\n").toSorted()).toEqual(grouped.text.split("\n").toSorted());
    expect(one.text).not.toBe(grouped.text);
  });
});

test("grouped: every child directly behind its parent's family", async () => {
  const { lines } = await dump(tiny, NESTED, { groupObjects: true });
  const roots = lines.flatMap((line, place) => (line.__parentId === undefined ? [place] : []));
  expect(roots).toEqual(products.map((_product, index) => index * 8));
});

test("first and after are ignored; query, sortKey and reverse are not", async () => {
  const all = await dump(tiny, "{ products(first: 2) { edges { node { id } } } }");
  expect(all.counts.rootObjectCount).toBe(28);
  const some = await dump(
    tiny,
    '{ products(query: "id:>26", sortKey: UPDATED_AT) { edges { node { title } } } }',
  );
  expect(some.text).toBe('{"title":"Kurta 28"}\n{"title":"Kurta 27"}\n');
  const backwards = await dump(tiny, "{ products(reverse: true) { edges { node { title } } } }");
  expect(backwards.lines[0]).toEqual({ title: "Kurta 28" });
});

test("nothing found is an empty file", async () => {
  const { counts, text } = await dump(tiny, "{ orders { edges { node { id } } } }");
  expect([counts, text]).toEqual([{ objectCount: 0, rootObjectCount: 0, bytes: 0 }, ""]);
});

test("without read_all_orders old orders are missing", async () => {
  const store = tinyStore({ orders: [anOrder(1), anOrder(2, { createdAt: "2026-05-20T00:00:00Z" })] });
  const { text } = await dump(store, "{ orders { edges { node { name } } } }", {
    granted: new Set(["read_orders"]),
    now: new Date("2026-06-01T00:00:00Z"),
  });
  expect(text).toBe('{"name":"#2"}\n');
});

test("an object that holds a connection keeps its fields; the children belong to the enclosing node", async () => {
  const level = { __typename: "InventoryLevel", id: "gid://shopify/InventoryLevel/1?inventory_item_id=5" };
  const item = { __typename: "InventoryItem", id: "gid://shopify/InventoryItem/5", inventoryLevels: [level] };
  const store = tinyStore({
    productVariants: [
      { __typename: "ProductVariant", id: "gid://shopify/ProductVariant/3", inventoryItem: () => item },
    ],
  });
  const { text } = await dump(
    store,
    "{ productVariants { edges { node { id inventoryItem { id inventoryLevels { edges { node { id } } } } } } } }",
  );
  expect(text.split("\n").slice(0, 2)).toEqual([
    '{"id":"gid://shopify/ProductVariant/3","inventoryItem":{"id":"gid://shopify/InventoryItem/5"}}',
    '{"id":"gid://shopify/InventoryLevel/1?inventory_item_id=5","__parentId":"gid://shopify/ProductVariant/3"}',
  ]);
});

test.each([
  ["{ products { edges { node { id descriptionHtml } } } }", "Product.descriptionHtml is not simulated yet"],
  ["{ draftOrders { edges { node { id } } } }", "QueryRoot.draftOrders is not simulated yet"],
  ["{ products { nodes { id } } }", "All connection fields in a bulk query must select"],
])("%s fails and says why", async (query, message) => {
  await expect(dump(tiny, query)).rejects.toThrow(message);
});

test.each([
  ["orders", "orders_core.graphql"],
  ["products", "products.graphql"],
  ["customers", "customers_core.graphql"],
  ["inventoryItems", "inventory_core.graphql"],
  ["fulfillmentOrders", "fulfillment_lines_via_fulfillment_orders.graphql"],
])("%s: the lines of the file are what graphql-js answers to the same query", async (root, file) => {
  const store = someOf(createStore({ orders: 40, seed: 7 }), root, 6, 20);
  const query = readFileSync(new URL(`../store/fixtures/${file}`, import.meta.url), "utf8").replaceAll(
    "2026-11",
    "2020-11",
  );
  const { text } = await dump(store, query, { groupObjects: true });
  const admin = loadSchema();
  const answer = await execute({
    schema: admin.schema,
    document: parse(withPages(query)),
    fieldResolver: resolveField,
    typeResolver: resolveType,
    contextValue: {
      store,
      admin,
      granted: new Set(DEFAULT_SCOPES),
      now: new Date(),
      bulk: null,
      desk: null,
      apiKey: "",
      warn: () => undefined,
    },
  });
  expect(answer.errors).toBeUndefined();
  const expected: string[] = [];
  flatten(JSON.parse(JSON.stringify(answer.data?.[root])) as Connection, undefined, expected);
  expect(expected.length).toBeGreaterThan(14);
  expect(text.trimEnd().split("\n").map(cut)).toEqual(expected.map(cut));
});

/** Enough of a line to see where two differ. */
function cut(line: string): string {
  return `${createHash("sha256").update(line).digest("hex").slice(0, 8)} ${line.slice(0, 60)}`;
}

/** The same store with some records of one root only. */
function someOf(store: SimStore, root: string, from: number, to: number): SimStore {
  const all = store.collection(root);
  if (all === undefined) throw new Error(`The store has no ${root}`);
  const some = Array.from({ length: to - from }, (_unused, index) => all.at(from + index));
  return tinyStore({ [root]: some });
}

/** The query as a plain one: every connection asks for its largest page. */
function withPages(query: string): string {
  const types = new TypeInfo(loadSchema().schema);
  const inserts: { at: number; text: string }[] = [];
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field(node) {
        const type = types.getType();
        if (!type || connectionNodeType(type) === null) return;
        const argument = node.arguments?.[0]?.loc;
        if (argument) inserts.push({ at: argument.start, text: "first: 250, " });
        else inserts.push({ at: node.name.loc?.end ?? 0, text: "(first: 250)" });
      },
    }),
  );
  return inserts
    .toReversed()
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), query);
}

type Connection = { edges: { node: Record<string, unknown> }[] };

/** The lines of a connection by hand: nodes with their own connections taken out and put behind them. */
function flatten(connection: Connection, parentId: string | undefined, lines: string[]): void {
  for (const { node } of connection.edges) {
    const own = Object.entries(node).filter(([, value]) => !isConnection(value));
    lines.push(
      JSON.stringify({
        ...Object.fromEntries(own),
        ...(parentId === undefined ? {} : { __parentId: parentId }),
      }),
    );
    for (const value of Object.values(node))
      if (isConnection(value)) flatten(value, node.id as string, lines);
  }
}

function isConnection(value: unknown): value is Connection {
  return typeof value === "object" && value !== null && "edges" in value;
}
