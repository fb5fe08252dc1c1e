import { expect, test } from "vitest";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { aLiveShop } from "./fixtures/a-live-shop.ts";

type Levels = { nodes: { updatedAt: string; item: { id: string } }[]; pageInfo: { endCursor: string } };

const LEVELS = `query ($id: ID!, $query: String, $after: String, $all: Boolean) { location(id: $id) {
  inventoryLevels(first: 250, query: $query, after: $after, includeInactive: $all) {
    nodes { id updatedAt isActive item { id } location { id } } pageInfo { endCursor }
  } } }`;

function aShop() {
  const shop = aLiveShop({ orders: 20 });
  const items = shop.store.collection("inventoryItems");
  const places = shop.store.collection("locations");
  const [first = "", second = ""] = [0, 1].map((n) => readText(places?.at(n), "id"));
  const levels = async (id: string, args: Record<string, unknown> = {}) =>
    (await shop.ask<{ location: { inventoryLevels: Levels } }>(LEVELS, { id, ...args })).location
      .inventoryLevels;
  const tracked = Array.from({ length: items?.count() ?? 0 }, (_, i) => items?.at(i)).flatMap((item) =>
    readNodes(item, "inventoryLevels").length === 3 && item ? [item.id] : [],
  );
  return { shop, levels, first, second, tracked, count: items?.count() ?? 0 };
}

test("a location tells the levels of all items stocked there, page by page", async () => {
  const { levels, first, second, tracked, count } = aShop();
  const page = await levels(first);
  const next = await levels(first, { after: page.pageInfo.endCursor });
  expect(new Set([...page.nodes, ...next.nodes].map(({ item }) => item.id)).size).toBe(Math.min(count, 500));
  expect((await levels(second)).nodes.map(({ item }) => item.id)).toEqual(tracked.slice(0, 250));
});

test("a search by updated_at finds the levels whose stock moved, not those of the item elsewhere", async () => {
  const { shop, levels, first, second, tracked } = aShop();
  const [item = ""] = tracked;
  shop.later(60_000);
  shop.act({ act: "setStock", item, location: second, available: 41 });
  const [moved] = (await levels(second)).nodes.filter((level) => level.item.id === item);
  const query = `updated_at:>='${moved?.updatedAt ?? ""}'`;
  expect((await levels(second, { query })).nodes).toEqual([moved]);
  expect((await levels(first, { query })).nodes).toEqual([]);
});

test("a new location has what is stocked there, until it is no longer", async () => {
  const { shop, levels, tracked } = aShop();
  const [item = ""] = tracked;
  const location = shop.act({ act: "createLocation", name: "Pune" }).id;
  expect((await levels(location)).nodes).toEqual([]);
  shop.act({ act: "connectStock", item, location, available: 3 });
  expect((await levels(location)).nodes).toMatchObject([{ item: { id: item }, location: { id: location } }]);
  const one = await shop.ask(
    `query ($id: ID!, $item: ID!) { location(id: $id) { inventoryLevel(inventoryItemId: $item) {
      quantities(names: ["available"]) { quantity } } } }`,
    { id: location, item },
  );
  expect(one).toEqual({ location: { inventoryLevel: { quantities: [{ quantity: 3 }] } } });
  shop.act({ act: "disconnectStock", item, location });
  expect((await levels(location)).nodes).toEqual([]);
});

test("a level that is not active comes only where such are asked for", async () => {
  const { shop, levels, second, tracked } = aShop();
  const { store } = shop;
  const [item = ""] = tracked;
  const inactive = readNodes(store.node(item) ?? undefined, "inventoryLevels").map((level) => ({
    ...level,
    isActive: false,
  }));
  store.change(item, { inventoryLevels: inactive }, new Date());
  const stocked = async (args = {}) => (await levels(second, args)).nodes.map((level) => level.item.id);
  expect(await stocked()).not.toContain(item);
  expect(await stocked({ all: true })).toContain(item);
});

test("a filter that Shopify has not is left out, with a warning: every level comes", async () => {
  const { shop, first } = aShop();
  const query = `query { location(id: "${first}") { inventoryLevels(first: 9, query: "changed_at:>2026") { nodes { id } } } }`;
  const answer = await runGraphQL(shop.store, query, { scopes: ["read_inventory", "read_locations"] });
  expect(answer.data?.["location"]).toMatchObject({ inventoryLevels: { nodes: { length: 9 } } });
  expect(answer.extensions).toMatchObject({
    search: [{ path: ["location", "inventoryLevels"], warnings: [{ field: "changed_at" }] }],
  });
});
