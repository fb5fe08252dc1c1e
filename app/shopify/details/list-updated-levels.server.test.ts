import { expect } from "vitest";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { connectedTest as test, numberOf } from "#tests/setup/a-connected-shop.ts";
import { fetchDetails, type FetchedDetail } from "./fetch-details.server.ts";
import { listUpdatedLevels } from "./list-updated-levels.server.ts";

async function list(client: AdminClient, locationId: string, from: Date): Promise<FetchedDetail[]> {
  const found: FetchedDetail[] = [];
  for await (const page of listUpdatedLevels(client, { locationId, from })) {
    expect(page.length).toBeLessThanOrEqual(250);
    found.push(...page);
  }
  return found;
}

test("only levels that changed since, by whole seconds, in the words of a fetch by id", async ({
  connect,
}) => {
  const { client, store, simulator, ids, scopes } = await connect();
  const [place = "", other = ""] = ids("locations", 2);
  const [item = ""] = ids("inventoryItems", 1, 7);
  simulator.act({
    ...{ act: "setStock", available: 8 },
    ...{ item: `gid://shopify/InventoryItem/${item}`, location: `gid://shopify/Location/${place}` },
  });
  const levels = readNodes(store.node(`gid://shopify/InventoryItem/${item}`) ?? undefined, "inventoryLevels");
  const at = new Date(readText(levels[0], "updatedAt"));
  const found = await list(client, place, new Date(at.getTime() + 999));
  const fetched = await fetchDetails(client, { kind: "inventory", ids: [item], scopes });
  expect(found).toEqual(fetched.found.filter(({ id }) => id === `${item}@${place}`));
  expect(await list(client, place, new Date(at.getTime() + 1000))).toEqual([]);
  expect(await list(client, other, at)).toEqual([]);
  expect(await list(client, "1", at)).toEqual([]);
});

test("all levels of a location, each once, 47 points a page and 3 for none", async ({ connect }) => {
  const { client, store, ids } = await connect();
  const [place = ""] = ids("locations", 1);
  const costs: unknown[] = [];
  const measuring: typeof client = {
    ...client,
    async graphql(document, ...rest) {
      const answer = await client.graphql<never>(document, ...rest);
      costs.push([answer.extensions.cost?.requestedQueryCost, answer.extensions.cost?.actualQueryCost]);
      return answer;
    },
  };
  const items = store.collection("inventoryItems");
  const count = items?.count() ?? 0;
  const found = await list(measuring, place, new Date("2020-01-01T00:00:00Z"));
  const expected = Array.from({ length: count }, (_, i) => `${numberOf(items?.at(i) as SimNode)}@${place}`);
  expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
  await list(measuring, place, new Date());
  const pages = Math.ceil(count / 250);
  expect(pages).toBeGreaterThan(1);
  expect(costs).toEqual([...Array<number[]>(pages).fill([47, 47]), [47, 3]]);
});

test("a search that Shopify would leave out is refused: it would send every level", async ({ connect }) => {
  const { client, ids } = await connect();
  const [place = ""] = ids("locations", 1);
  const misread: typeof client = {
    ...client,
    graphql: (document, variables, ...rest) =>
      client.graphql(document, { ...variables, search: "changed_at:>='2026-01-01'" }, ...rest),
  };
  await expect(list(misread, place, new Date())).rejects.toMatchObject({ code: "SHOPIFY_REFUSED" });
});
