import { describe, expect, onTestFinished, test } from "vitest";
import { AppError } from "#app/lib/errors.ts";
import { createLog } from "#app/lib/log.server.ts";
import { createAdminClient } from "#app/shopify/client/admin-client.server.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { decodeProduct } from "#app/shopify/codecs/decode-product.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { startSimulator, type SimulatorOptions } from "#simulator/start-simulator.ts";
import type { SimNode, SimStore, SimValue } from "#simulator/store/types.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { changeIntoLongOrder } from "#tests/fixtures/a-long-order.ts";
import { detailRecords } from "#tests/order-shapes/detail-records.ts";
import { fetchDetails, type DetailKind } from "./fetch-details.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";

async function aShop(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({
    orders: 100,
    seed: 3,
    staticToken: TOKEN,
    restoreRate: 100_000,
    ...options,
  });
  onTestFinished(() => simulator.close());
  const client = createAdminClient({
    shop: simulator.domain,
    apiVersion: "2026-10",
    getAccessToken: () => Promise.resolve(TOKEN),
    fetch: fetchFromSimulator(simulator.url),
    log: createLog("silent"),
    maxTries: 1,
  });
  const ask = (kind: DetailKind, ids: readonly string[]) =>
    fetchDetails(client, { kind, ids, scopes: [...DEFAULT_SCOPES] });

  return { simulator, store: simulator.store, client, ask };
}

function idsOf(store: SimStore, collection: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => numberOf(store.collection(collection)?.at(index)));
}

const numberOf = (node: SimNode | undefined) => String(node?.id.split("/").at(-1));
const called = (value: SimValue | undefined): SimNode[] =>
  (typeof value === "function" ? value({}) : value) as unknown as SimNode[];

describe("orders", () => {
  test("100 orders: each as it stands in the shop, whole, most of them 25 a request", async () => {
    const { store, ask, simulator } = await aShop();
    const ids = idsOf(store, "orders", 100);
    const { found, gone, failed } = await ask("order", ids);
    expect({ gone, failed }).toEqual({ gone: [], failed: [] });
    const whole = await detailRecords(
      store,
      ids.map((id) => `gid://shopify/Order/${id}`),
    );
    const asOne = (text: string) => JSON.stringify(decodeOrder("detail", text));
    for (const { id, raw } of found)
      expect(asOne(raw)).toBe(asOne(whole.get(`gid://shopify/Order/${id}`) ?? ""));
    expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const { raw } of found) expect(raw).not.toMatch(/"hasNextPage":true|endCursor/);
    // Four requests of 25, and one more for each that has a longer list.
    expect(simulator.requests().length).toBeLessThan(12);
  });

  test("columns of the cache come with it", async () => {
    const { store, ask } = await aShop();
    const order = store.collection("orders")?.at(5);
    const { found } = await ask("order", [numberOf(order)]);
    expect(found[0]).toMatchObject({
      id: numberOf(order),
      shopifyUpdatedAt: order?.updatedAt,
      header: {
        orderNumber: order?.name,
        financialStatus: order?.displayFinancialStatus,
        fulfillmentStatus: order?.displayFulfillmentStatus,
      },
    });
  });

  test("an order longer than every page is put together: lines, what was sent, returned and refunded", async () => {
    const { store, ask } = await aShop();
    const rich = changeIntoLongOrder(store);
    const { found } = await ask("order", [numberOf(rich.order)]);
    const order = decodeOrder("detail", found[0]?.raw ?? "");
    expect(order.lines).toHaveLength(rich.lines);
    expect(new Set(order.lines.map(({ id }) => id)).size).toBe(rich.lines);
    expect(order.fulfillments[0]?.lines).toHaveLength(rich.lines);
    expect(order.refunds[0]?.lines).toHaveLength(rich.lines);
    expect(order.returns).toHaveLength(7);
    expect(order.returns?.[6]?.lines).toHaveLength(120);
    expect(found[0]?.raw).not.toMatch(/"hasNextPage":true|endCursor/);
  });

  test("a page that Shopify refuses leaves the list saying that it has more", async () => {
    const { store, ask, client } = await aShop();
    const rich = changeIntoLongOrder(store);
    const refusing: typeof client = {
      ...client,
      graphql: (document, ...rest) =>
        client.graphql(
          document.includes("returnLineItems(first: 50, after") ? "{ nothing }" : document,
          ...rest,
        ),
    };
    const { found } = await fetchDetails(refusing, {
      ...{ kind: "order", ids: [numberOf(rich.order)], scopes: [...DEFAULT_SCOPES] },
    });
    const order = decodeOrder("detail", found[0]?.raw ?? "");
    expect(order.lines).toHaveLength(rich.lines);
    expect(order.returns?.[6]?.lines).toBeUndefined();
    expect(await ask("order", [numberOf(rich.order)])).toMatchObject({ failed: [] });
  });

  test("an order that changes while its pages are read is read again", async () => {
    const { store, client } = await aShop();
    const rich = changeIntoLongOrder(store);
    let changed = false;
    const meanwhile: typeof client = {
      ...client,
      async graphql(document, ...rest) {
        const answer = await client.graphql<never>(document, ...rest);
        if (!changed && document.includes("OrderPage")) {
          changed = true;
          store.change(rich.order.id, { note: "later" }, new Date("2026-11-25T11:00:00Z"));
        }
        return answer;
      },
    };
    const { found } = await fetchDetails(meanwhile, {
      ...{ kind: "order", ids: [numberOf(rich.order)], scopes: [...DEFAULT_SCOPES] },
    });
    expect(JSON.parse(found[0]?.raw ?? "")).toMatchObject({ note: "later" });
  });
});

test("no request asks for more than 1,000 points, whatever it asks for", async () => {
  const { store, ask, client } = await aShop();
  const requested: number[] = [];
  const measuring: typeof client = {
    ...client,
    async graphql(document, ...rest) {
      const answer = await client.graphql<never>(document, ...rest);
      requested.push(answer.extensions.cost?.requestedQueryCost ?? Infinity);
      return answer;
    },
  };
  changeIntoLongOrder(store);
  const scopes = [...DEFAULT_SCOPES];
  await fetchDetails(measuring, { kind: "order", ids: idsOf(store, "orders", 100), scopes });
  await fetchDetails(measuring, { kind: "product", ids: idsOf(store, "products", 20), scopes });
  await fetchDetails(measuring, { kind: "customer", ids: idsOf(store, "customers", 20), scopes });
  await fetchDetails(measuring, { kind: "inventory", ids: idsOf(store, "inventoryItems", 20), scopes });
  expect(requested.length).toBeGreaterThan(10);
  expect(Math.max(...requested)).toBeLessThanOrEqual(1000);
  expect((await ask("customer", [])).found).toEqual([]);
});

test("a product of 2,048 variants comes whole", async () => {
  const { store, ask, simulator } = await aShop();
  const product = store.collection("products")?.at(0) as SimNode;
  const [variant] = called(product.variants);
  const variants = Array.from({ length: 2048 }, (_, i): SimNode => ({
    ...(variant as SimNode),
    id: `gid://shopify/ProductVariant/${String(9_000_000 + i)}`,
  }));
  store.change(product.id, { variants }, new Date("2026-11-25T10:00:00Z"));
  const { found } = await ask("product", [numberOf(product)]);
  const decoded = decodeProduct("detail", found[0]?.raw ?? "");
  expect(decoded.variantIds).toHaveLength(2048);
  expect(found[0]?.header).toEqual({ title: product.title, handle: product.handle });
  expect(simulator.requests()).toHaveLength(9);
});

test("customers come with what webhooks do not carry", async () => {
  const { store, ask } = await aShop();
  const ids = idsOf(store, "customers", 60);
  const { found } = await ask("customer", ids);
  expect(found).toHaveLength(60);
  expect(JSON.parse(found[0]?.raw ?? "")).toMatchObject({
    __typename: "Customer",
    tags: expect.any(Array) as unknown[],
    numberOfOrders: expect.any(String) as string,
  });
});

test("stock comes level by level, each with its quantities", async () => {
  const { store, ask } = await aShop();
  const [item = ""] = idsOf(store, "inventoryItems", 1);
  const { found } = await ask("inventory", [item]);
  const levels = called(store.collection("inventoryItems")?.at(0).inventoryLevels);
  expect(found).toHaveLength(levels.length);
  const [level] = found;
  expect(level?.id).toBe(`${item}@${level?.header["shopifyLocationId"] ?? ""}`);
  expect(level?.header["shopifyInventoryItemId"]).toBe(item);
  const node = JSON.parse(level?.raw ?? "") as { quantities: { name: string }[]; updatedAt: string };
  expect(node).toMatchObject({ isActive: true, item: { id: `gid://shopify/InventoryItem/${item}` } });
  expect(node.quantities.map(({ name }) => name).sort()).toEqual([
    ...["available", "committed", "incoming", "on_hand", "reserved"],
  ]);
  expect(level?.shopifyUpdatedAt).toBe(node.updatedAt);
});

test("what Shopify has no record of is gone, the others come", async () => {
  const { store, ask } = await aShop();
  const [id = ""] = idsOf(store, "orders", 1);
  const { found, gone } = await ask("order", ["1", id, "2"]);
  expect(found.map((one) => one.id)).toEqual([id]);
  expect(gone).toEqual(["1", "2"]);
});

test("one id that Shopify cannot answer fails by itself, the other 24 come through", async () => {
  const { store, ask } = await aShop();
  const ids = idsOf(store, "products", 24);
  const broken = store.collection("products")?.at(30) as SimNode;
  // A field without a value is an error of that record in the answer, as when Shopify fails on one.
  const undefinedTitle = { title: undefined } as unknown as Record<string, SimValue>;
  store.change(broken.id, undefinedTitle, new Date("2026-11-25T10:00:00Z"));
  const { found, failed } = await ask("product", [...ids.slice(0, 9), numberOf(broken), ...ids.slice(9)]);
  expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(failed.map(({ id, error }) => [id, error.code])).toEqual([[numberOf(broken), "SHOPIFY_REFUSED"]]);
});

test("one that Shopify itself fails on fails by itself too", async () => {
  const { store, ask } = await aShop();
  const ids = idsOf(store, "products", 5);
  const title = () => {
    throw new Error("a crash in Shopify");
  };
  store.change(`gid://shopify/Product/${ids[3] ?? ""}`, { title }, new Date("2026-11-25T10:00:00Z"));
  const { found, failed } = await ask("product", ids);
  expect(found).toHaveLength(4);
  expect(failed.map(({ id, error }) => [id, error.code])).toEqual([[ids[3], "SHOPIFY_UNREACHABLE"]]);
});

test("what is too dear for so many at once is asked for in smaller batches from then on", async () => {
  const { store, client } = await aShop();
  const asked: number[] = [];
  const dear: typeof client = {
    ...client,
    graphql(document, variables, ...rest) {
      const { ids } = variables as { ids: string[] };
      asked.push(ids.length);
      if (ids.length <= 7) return client.graphql(document, variables, ...rest);
      const cause = [{ message: "Query cost is 1009", extensions: { code: "MAX_COST_EXCEEDED" } }];
      throw new AppError("SHOPIFY_REFUSED", "Shopify: Query cost is 1009", { cause });
    },
  };
  const { found, failed } = await fetchDetails(dear, {
    ...{ kind: "customer", ids: idsOf(store, "customers", 60), scopes: [...DEFAULT_SCOPES] },
  });
  expect(found).toHaveLength(60);
  expect(failed).toEqual([]);
  expect(asked.filter((count) => count > 7)).toEqual([50, 25, 13]);
});

test("when Shopify does not answer at all, nobody is to blame", async () => {
  const { store, ask, simulator } = await aShop();
  simulator.faults.add({ kind: "http-5xx" });
  await expect(ask("order", idsOf(store, "orders", 5))).rejects.toMatchObject({
    code: "SHOPIFY_UNREACHABLE",
  });
});
