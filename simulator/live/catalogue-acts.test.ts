import { describe, expect, test } from "vitest";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { aLiveShop, JAIPUR, MUMBAI } from "./fixtures/a-live-shop.ts";

const record = (shop: ReturnType<typeof aLiveShop>, gid: string): SimNode => shop.store.node(gid) as SimNode;

describe("stock", () => {
  test("a count moves the level, its variant and its product", async () => {
    const shop = aLiveShop();
    const { item, variant } = shop.variant(0);
    const [before = 0, committed, onHand = 0] = shop.stock(item);
    const product = readText(record(shop, variant), "product", "id");
    const total = Number(readText(record(shop, product), "totalInventory"));
    const sold = Number(readText(record(shop, variant), "inventoryQuantity"));
    const counted = shop.act({ act: "setStock", item, location: JAIPUR, available: before + 7 });
    expect(counted.topics).toEqual(["inventory_levels/update"]);
    expect(shop.stock(item)).toEqual([before + 7, committed, onHand + 7]);
    expect(readText(record(shop, variant), "inventoryQuantity")).toBe(String(sold + 7));
    expect(readText(record(shop, product), "totalInventory")).toBe(String(total + 7));
    const told = await shop.ask<{ node: unknown; inventoryItem: { inventoryLevel: unknown } }>(
      `query ($level: ID!, $item: ID!, $location: ID!) {
        node(id: $level) { ... on InventoryLevel { updatedAt quantities(names: ["available"]) { quantity } } }
        inventoryItem(id: $item) { inventoryLevel(locationId: $location) { id quantities(names: ["available"]) { quantity } } } }`,
      { level: counted.id, item, location: JAIPUR },
    );
    expect(told).toEqual({
      node: { updatedAt: "2026-11-21T06:30:15Z", quantities: [{ quantity: before + 7 }] },
      inventoryItem: { inventoryLevel: { id: counted.id, quantities: [{ quantity: before + 7 }] } },
    });
  });

  test("is connected and disconnected, by Shopify's rules", () => {
    const shop = aLiveShop();
    const { item } = shop.variant(0);
    const place = shop.act({ act: "createLocation", name: "Pune" });
    expect(place.topics).toEqual(["locations/create"]);
    const at = { item, location: place.id };
    expect(() => shop.act({ act: "setStock", ...at, available: 1 })).toThrow(
      "is not stocked at the location",
    );
    expect(shop.act({ act: "connectStock", ...at, available: 4 }).topics).toEqual([
      "inventory_levels/connect",
    ]);
    expect(() => shop.act({ act: "connectStock", ...at })).toThrow("already stocked");
    expect(shop.stock(item, place.id)).toEqual([4, 0, 4]);
    expect(readField(record(shop, item), "locationsCount", "count")).toBe(4);
    const gone = shop.act({ act: "disconnectStock", ...at });
    expect(gone.topics).toEqual(["inventory_levels/disconnect"]);
    expect(shop.store.node(gone.id)).toBeNull();
    shop.place();
    expect(() => shop.act({ act: "disconnectStock", item, location: JAIPUR })).toThrow("committed");
    expect(() =>
      shop.act({ act: "setStock", item: "gid://shopify/InventoryItem/1", location: MUMBAI, available: 1 }),
    ).toThrow("The inventory item was not found.");
    expect(() => shop.act({ act: "setStock", item, location: item, available: 1 })).toThrow(
      "The location was not found.",
    );
  });

  test("an item with one location is not taken from it", () => {
    const shop = aLiveShop();
    const { id } = shop.act({ act: "createProduct", title: "Dupatta", variants: [{ price: "1.00" }] });
    const item = readText(readNodes(record(shop, id), "variants")[0], "inventoryItem", "id");
    expect(() => shop.act({ act: "disconnectStock", item, location: JAIPUR })).toThrow(
      "Cannot unstock an inventory item from the only location at which it is stocked.",
    );
  });
});

describe("products", () => {
  const shirt = {
    act: "createProduct" as const,
    title: "Cotton Shirt",
    variants: ["S", "M"].map((size) => ({
      sku: `CS-${size}`,
      price: "499.50",
      options: { Size: size },
      inventoryQuantity: 5,
    })),
  };

  test("a new one with its variants and items, in every collection", async () => {
    const shop = aLiveShop();
    const before = shop.store.expectations().products;
    const made = shop.act(shirt);
    expect(made.topics).toEqual([
      "products/create",
      "inventory_items/create",
      "inventory_levels/connect",
      "inventory_items/create",
      "inventory_levels/connect",
    ]);
    expect(shop.store.expectations().products).toBe(before + 1);
    const told = await shop.ask(
      `query ($id: ID!) { product(id: $id) { title status createdAt totalInventory
        priceRangeV2 { minVariantPrice { amount } } options { name values }
        variants(first: 5) { nodes { title sku price product { id } inventoryItem { sku } } } }
        productVariants(first: 1, reverse: true, query: "sku:CS-M") { nodes { sku } } }`,
      { id: made.id },
    );
    expect(told).toMatchObject({
      product: {
        title: "Cotton Shirt",
        status: "ACTIVE",
        createdAt: "2026-11-21T06:30:15Z",
        totalInventory: 10,
        priceRangeV2: { minVariantPrice: { amount: "499.5" } },
        options: [{ name: "Size", values: ["S", "M"] }],
        variants: {
          nodes: [
            {
              title: "S",
              sku: "CS-S",
              price: "499.50",
              product: { id: made.id },
              inventoryItem: { sku: "CS-S" },
            },
            { title: "M", sku: "CS-M" },
          ],
        },
      },
      productVariants: { nodes: [{ sku: "CS-M" }] },
    });
    const id = shop.place({
      lines: [{ variant: readNodes(record(shop, made.id), "variants")[0]?.id ?? "", quantity: 1 }],
    });
    expect((await shop.order(id)).current).toEqual({ shopMoney: { amount: "499.5" } });
  });

  test("is changed: title, price, SKU, a variant more, one less", () => {
    const shop = aLiveShop();
    const product = shop.act(shirt).id;
    const [small, medium] = readNodes(record(shop, product), "variants").map((one) => one.id);
    shop.later(10_000);
    const changed = shop.act({
      act: "updateProduct",
      product,
      title: "Linen Shirt",
      change: [{ variant: small ?? "", price: "600.00", sku: "LS-S" }],
      add: [{ price: "700.00", sku: "LS-L", options: { Size: "L" } }],
      remove: [medium ?? ""],
    });
    expect(changed.topics).toEqual([
      "products/update",
      "inventory_items/update",
      "inventory_items/create",
      "inventory_levels/connect",
      "inventory_items/delete",
    ]);
    const now = record(shop, product);
    expect(now["updatedAt"]).toBe("2026-11-21T06:30:25Z");
    const variants = readNodes(now, "variants");
    expect(variants.map((one) => [one["sku"], one["price"], one["displayName"]])).toEqual([
      ["LS-S", "600.00", "Linen Shirt - S"],
      ["LS-L", "700.00", "Linen Shirt - L"],
    ]);
    expect(readText(variants[0], "inventoryItem", "sku")).toBe("LS-S");
    expect(readText(variants[1], "product", "id")).toBe(product);
    expect(readField(now, "priceRangeV2", "maxVariantPrice", "amount")).toBe("700.0");
    const option = readNodes(now, "options")[0];
    expect(option?.["values"]).toEqual(["S", "M", "L"]);
    for (const value of readNodes(option, "optionValues"))
      expect(shop.store.node(value.id)?.["name"]).toBe(value["name"]);
    expect(shop.store.node(medium ?? "")).toBeNull();
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no variant left", { remove: "all" }, "A product must have at least one variant"],
    [
      "a variant of another",
      { change: [{ variant: "gid://shopify/ProductVariant/1", price: "1.00" }] },
      "Product variant does not exist",
    ],
    ["one there already", { add: [{ price: "1.00", options: { Size: "S" } }] }, "Variant already exists."],
    [
      "without its options",
      { add: [{ price: "1.00", options: { Fit: "S" } }] },
      "Variant options are more than the product options.",
    ],
    [
      "a price below nothing",
      { add: [{ price: "-1.00", options: { Size: "L" } }] },
      "Price cannot take a negative value.",
    ],
  ])("refused, and nothing changes: %s", (_case, fields, words) => {
    const shop = aLiveShop();
    const product = shop.act(shirt).id;
    const variants = readNodes(record(shop, product), "variants").map((one) => one.id);
    const asked = { ...fields, ...(fields["remove"] === "all" ? { remove: variants } : {}) };
    expect(() => shop.act({ act: "updateProduct", product, ...asked })).toThrow(words);
    expect(readNodes(record(shop, product), "variants").map((one) => one.id)).toEqual(variants);
  });

  test("a seeded one is deleted: orders keep what they say of it, and it is nowhere else", async () => {
    const shop = aLiveShop();
    const id = shop.place();
    const product = readText(record(shop, shop.variant(0).variant), "product", "id");
    const variants = readNodes(record(shop, product), "variants").length;
    const counts = (): number[] =>
      ["products", "productVariants", "inventoryItems"].map(
        (field) => shop.store.collection(field)?.count() ?? 0,
      );
    const [products = 0, all = 0, items = 0] = counts();
    const gone = shop.act({ act: "deleteProduct", product });
    expect(gone.topics).toEqual([
      "products/delete",
      ...Array<string>(variants).fill("inventory_items/delete"),
    ]);
    expect(counts()).toEqual([products - 1, all - variants, items - variants]);
    for (const gid of [product, shop.variant(0).variant, shop.variant(0).item])
      expect(shop.store.node(gid)).toBeNull();
    const told = await shop.ask(
      "query ($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes { currentQuantity product { id } variant { id } } } } }",
      { id },
    );
    expect(told).toEqual({
      order: { lineItems: { nodes: [{ currentQuantity: 2, product: null, variant: null }] } },
    });
    expect(shop.act({ act: "cancelOrder", order: id }).topics).toContain("orders/cancelled");
  });
});

describe("customers", () => {
  test("come, change and go, as long as they never ordered", async () => {
    const shop = aLiveShop();
    const made = shop.act({ act: "createCustomer", firstName: "Asha", email: "asha@example.com" });
    expect(made.topics).toEqual(["customers/create"]);
    shop.later(1_000);
    expect(
      shop.act({ act: "updateCustomer", customer: made.id, lastName: "Nair", email: "nair@example.com" })
        .topics,
    ).toEqual(["customers/update"]);
    expect(
      await shop.ask(
        "query ($id: ID!) { customer(id: $id) { displayName numberOfOrders updatedAt defaultEmailAddress { emailAddress } } }",
        { id: made.id },
      ),
    ).toEqual({
      customer: {
        displayName: "Asha Nair",
        numberOfOrders: "0",
        updatedAt: "2026-11-21T06:30:16Z",
        defaultEmailAddress: { emailAddress: "nair@example.com" },
      },
    });
    const buyer = (await shop.order(shop.place({ customer: made.id }))).customer?.id ?? "";
    expect(() => shop.act({ act: "deleteCustomer", customer: buyer })).toThrow("placed orders");
    const other = shop.act({ act: "createCustomer", firstName: "Zoya" }).id;
    expect(shop.act({ act: "deleteCustomer", customer: other }).topics).toEqual(["customers/delete"]);
    expect(shop.store.node(other)).toBeNull();
    expect(() => shop.act({ act: "updateCustomer", customer: other })).toThrow("Customer does not exist");
  });

  test("are merged: who has an e-mail stays, and the other's orders are theirs", async () => {
    const shop = aLiveShop();
    const customers = shop.store.expectations().customers;
    const one = shop.act({ act: "createCustomer", firstName: "Asha", email: "asha@example.com" }).id;
    const two = shop.act({ act: "createCustomer", firstName: "Asha", phone: "+919555501000" }).id;
    const order = shop.place({ customer: two });
    const updatedAt = (await shop.order(order)).updatedAt;
    expect(shop.store.expectations().customers).toBe(customers + 1);
    shop.later(60_000);
    const merged = shop.act({ act: "mergeCustomers", customerOne: one, customerTwo: two });
    expect(merged).toMatchObject({ id: one, topics: ["customers/merge"] });
    expect(merged.happenings[0]?.also).toEqual({ deletedId: two });
    expect(shop.store.node(two)).toBeNull();
    expect(await shop.order(order)).toMatchObject({
      updatedAt,
      customer: { id: one, numberOfOrders: "1", amountSpent: { amount: "2500.0" } },
    });
    expect(shop.store.expectations().customers).toBe(customers + 1);
    expect(() => shop.act({ act: "mergeCustomers", customerOne: one, customerTwo: one })).toThrow(
      "themselves",
    );
  });
});

test("a location is renamed for all who name it", () => {
  const shop = aLiveShop();
  expect(shop.act({ act: "updateLocation", location: JAIPUR, name: "Jaipur 2" }).topics).toEqual([
    "locations/update",
  ]);
  const level = readNodes(record(shop, shop.variant(0).item), "inventoryLevels")[0];
  expect(readText(level, "location", "name")).toBe("Jaipur 2");
});
