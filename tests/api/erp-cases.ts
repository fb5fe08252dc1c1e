import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { otherShop, type Answer, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

type Items = { items: ({ id: string } & Record<string, unknown>)[]; next: string | null };
const itemsOf = ({ body }: Answer) => (body as Items).items;

/** One value of the shop's database: ids are known when the test runs. */
async function one({ pool }: TestApi, shop: string, sql: string): Promise<string> {
  const { rows } = await pool.query<{ value: string }>(`select ${sql} limit 1`, [shop]);
  const [row] = rows;
  if (!row) throw new Error(`${shop} has none: ${sql}`);
  return row.value;
}

const productOf = (api: TestApi, shop: string) =>
  one(api, shop, `id as value from "Product" where shop = $1`);
const customerOf = (api: TestApi, shop: string) =>
  one(api, shop, `id as value from "Customer" where shop = $1`);

/** The answer lists exactly what the shop has. */
async function expectAllOf({ pool, shop }: TestApi, answer: Answer, sql: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(`select ${sql}`, [shop]);
  expect(rows.length).toBeGreaterThan(0);
  expect(itemsOf(answer).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
}

/** What every list refuses; `noSuch` is looked for in vain, as a person's name would be. */
const badPages = (path: string, noSuch = "email") => [
  { path: `${path}?limit=251`, status: 422, names: "limit" },
  { path: `${path}?after=nonsense`, status: 422, names: "after" },
  { path: `${path}?${noSuch}=x`, status: 422, names: noSuch },
];
const badFollowing = (path: string) => [
  { path: `${path}?updatedSince=2026-11-26`, status: 422, names: "updatedSince" },
  { path: `${path}?updatedSince=2026-11-26T10:00:00%2B05:30`, status: 422, names: "updatedSince" },
  // A cursor of the other order of the list.
  { path: `${path}?after=${btoa('["updated","2026-11-26T10:00:00Z","1"]')}`, status: 422, names: "after" },
];

/** Levels beside those the shop has: one that no SKU has, one that is gone, and another shop's at the same place. */
async function bringLevels({ pool, shop }: TestApi): Promise<void> {
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty",
       "lastSynced", "deletedAt", "rawData", "rawShape", "contentHash", source)
     select level.*, '{}', 'rest', 'x', 'test' from (values
       ($1, '1@7', '1', '7', null, -2, now(), null),
       ($1, '2@7', '2', '7', (select min(id) from "Sku" where shop = $1), 5, now(), null),
       ($1, '3@7', '3', '7', null, 1, now(), now()),
       ($1, '4@7', '4', '7', null, null, null, null),
       ($2, '5@7', '5', '7', null, 9, now(), null)) as level
     on conflict do nothing`,
    [shop, otherShop],
  );
  await pool.query(
    `insert into "ShopifyLocation" (shop, id, name) values ($1, '7', 'Pune'), ($2, '7', $2) on conflict do nothing`,
    [shop, otherShop],
  );
}

/** Three SKUs at one place: the ERP has more of one, fewer of another, and has said nothing of the third; and another shop's. */
async function bringCompared({ pool, shop }: TestApi): Promise<void> {
  for (const [of, place] of [
    [shop, "Nagpur"],
    [otherShop, otherShop],
  ])
    await pool.query(
      `with skus as (select id, row_number() over (order by id)::int as n from "Sku" where shop = $1 and tracked and not "isBundle"
           and "archivedAt" is null order by id limit 3),
         named as (insert into "ShopifyLocation" (shop, id, name) values ($1, '9', $2) on conflict do nothing),
         said as (insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty", "safetyStockQty")
           select $1, id, '9', case n when 2 then 12 else 4 end, case n when 2 then 2 else 0 end from skus where n < 3 on conflict do nothing)
       insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "availableQty",
         "lastSynced", "rawData", "rawShape", "contentHash", source)
       select $1, '900' || n || '@9', '900' || n, '9', id, 5, now(), '{}', 'rest', 'x', 'test' from skus on conflict do nothing`,
      [of, place],
    );
}

export const erpCases: EndpointCases = {
  listErpOrders: {
    may: "read",
    good: { path: "/api/erp/orders?limit=250&includeTest=true" },
    expectGood: async (answer, api) => {
      await expectAllOf(
        ...([api, answer] as const),
        `"shopifyOrderId" as id from "Order" where shop = $1 order by "shopifyCreatedAt" desc, "shopifyOrderId" desc`,
      );
    },
    bad: [
      ...badPages("/api/erp/orders", "customerEmail"),
      ...badFollowing("/api/erp/orders"),
      { path: "/api/erp/orders?status=OPEN", status: 422, names: "status" },
      { path: "/api/erp/orders?paymentMethod=cash", status: 422, names: "paymentMethod" },
      { path: "/api/erp/orders?onHold=1", status: 422, names: "onHold" },
      { path: "/api/erp/orders?number=%23", status: 422, names: "number" },
      { path: "/api/erp/orders?createdFrom=yesterday", status: 422, names: "createdFrom" },
      { path: "/api/erp/orders?includeTest=", status: 422, names: "includeTest" },
    ],
    foreign: "listed",
  },
  getErpOrder: {
    may: "read",
    good: async (api) => ({
      path: `/api/erp/orders/${await one(api, api.shop, `"shopifyOrderId" as value from "OrderLine" where shop = $1`)}`,
    }),
    bad: [
      { path: "/api/erp/orders/%231001", status: 422, names: "id" },
      { path: "/api/erp/orders/99999", status: 404, names: "no order 99999" },
    ],
    foreign: () => ({ path: "/api/erp/orders/1001" }),
  },
  listErpProducts: {
    may: "read",
    good: { path: "/api/erp/products?limit=250" },
    expectGood: (answer, api) =>
      expectAllOf(api, answer, `id from "Product" where shop = $1 order by id limit 250`),
    bad: [
      ...badPages("/api/erp/products", "name"),
      ...badFollowing("/api/erp/products"),
      { path: "/api/erp/products?archived=no", status: 422, names: "archived" },
      { path: "/api/erp/products?status=for%20sale", status: 422, names: "status" },
      { path: "/api/erp/products?shopifyProductId=gid://shopify/Product/1", status: 422, names: "number" },
    ],
    foreign: "listed",
  },
  getErpProduct: {
    may: "read",
    good: async (api) => ({ path: `/api/erp/products/${await productOf(api, api.shop)}` }),
    expectGood: async ({ body }, { pool, shop }) => {
      const { product } = body as {
        product: { id: string; variations: { id: string; skus: { id: string; variationId: string }[] }[] };
      };
      const skus = product.variations.flatMap((variation) => variation.skus);
      const { rows } = await pool.query<{ id: string }>(
        `select id from "Sku" where shop = $1 and "productId" = $2`,
        [shop, product.id],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(skus.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
      for (const { id, skus: own } of product.variations)
        for (const { variationId } of own) expect(variationId).toBe(id);
    },
    bad: [
      { path: "/api/erp/products/900", status: 422, names: "id" },
      { path: `/api/erp/products/${randomUUID()}`, status: 404, names: "no product" },
    ],
    foreign: async (api) => ({ path: `/api/erp/products/${await productOf(api, otherShop)}` }),
  },
  listErpSkus: {
    may: "read",
    good: { path: "/api/erp/skus?limit=250" },
    expectGood: async (answer, api) => {
      await expectAllOf(api, answer, `id from "Sku" where shop = $1 order by id limit 250`);
      const theirs = await api.call({ method: "GET", path: "/api/erp/skus?code=SKU-90", as: "read" });
      expect(itemsOf(theirs)).toEqual([]);
    },
    bad: [
      ...badPages("/api/erp/skus", "sku"),
      ...badFollowing("/api/erp/skus"),
      { path: "/api/erp/skus?code=%20", status: 422, names: "code" },
      { path: "/api/erp/skus?shopifyVariantId=v", status: 422, names: "shopifyVariantId" },
    ],
    foreign: "listed",
  },
  listErpCustomers: {
    may: "read",
    good: { path: "/api/erp/customers?limit=250" },
    expectGood: (answer, api) =>
      expectAllOf(api, answer, `id from "Customer" where shop = $1 order by id limit 250`),
    bad: [
      ...badPages("/api/erp/customers"),
      ...badFollowing("/api/erp/customers"),
      { path: "/api/erp/customers?shopifyCustomerId=zubeida", status: 422, names: "shopifyCustomerId" },
    ],
    foreign: "listed",
  },
  getErpCustomer: {
    may: "read",
    good: async (api) => ({ path: `/api/erp/customers/${await customerOf(api, api.shop)}` }),
    bad: [
      { path: "/api/erp/customers/7700112233", status: 422, names: "id" },
      { path: `/api/erp/customers/${randomUUID()}`, status: 404, names: "no customer" },
    ],
    foreign: async (api) => ({ path: `/api/erp/customers/${await customerOf(api, otherShop)}` }),
  },
  listErpStock: {
    may: "read",
    good: async (api) => {
      await bringLevels(api);
      return { path: "/api/erp/stock?locationId=7" };
    },
    expectGood: async (answer, api) => {
      expect(answer.body).toMatchObject({
        items: [
          {
            ...{ id: "1@7", sku: null, location: { id: "7", name: "Pune" }, available: -2, onHand: null },
          },
          { id: "2@7", sku: { id: expect.any(String) as string, title: expect.any(String) as string } },
        ],
        next: null,
      });
      const found = async (query: string) =>
        itemsOf(await api.call({ method: "GET", path: `/api/erp/stock?${query}`, as: "read" })).map(
          ({ id }) => id,
        );
      expect(await found("unmatched=true&locationId=7")).toEqual(["1@7"]);
      const { id: skuId } = itemsOf(answer)[1]?.["sku"] as { id: string };
      expect(await found(`skuId=${skuId}&locationId=7`)).toEqual(["2@7"]);
      expect(await found(`skuId=${randomUUID()}`)).toEqual([]);
      expect(await found("inventoryItemId=2&locationId=7")).toEqual(["2@7"]);
    },
    bad: [
      ...badPages("/api/erp/stock", "sku"),
      { path: "/api/erp/stock?skuId=1", status: 422, names: "skuId" },
      { path: "/api/erp/stock?locationId=Pune", status: 422, names: "locationId" },
      { path: "/api/erp/stock?unmatched=yes", status: 422, names: "unmatched" },
    ],
    foreign: "listed",
  },
  compareStock: {
    may: "read",
    good: async (api) => {
      await bringCompared(api);
      return { path: "/api/stock/compare?limit=1" };
    },
    expectGood: async (answer, api) => {
      const { items, next } = answer.body as Items;
      expect(items).toMatchObject([
        {
          ...{ inventoryItemId: "9002", locationId: "9", locationName: "Nagpur", skipped: null },
          ...{
            sellableQty: 12,
            safetyQty: 2,
            unprocessedQty: 0,
            targetQty: 10,
            shopifyQty: 5,
            difference: 5,
          },
        },
      ]);
      const ask = async (query: string) =>
        (await api.call({ method: "GET", path: `/api/stock/compare?${query}`, as: "read" })).body as Items;
      const { items: following } = await ask(`limit=1&after=${next ?? ""}`);
      expect(following).toMatchObject([{ inventoryItemId: "9001", difference: -1 }]);
      const skipped = (await ask("show=skipped&limit=250")).items;
      expect(skipped.find(({ inventoryItemId }) => inventoryItemId === "9003")).toMatchObject({
        ...{ skipped: "nothing_said", targetQty: 0, shopifyQty: 5 },
      });
    },
    bad: [
      ...badPages("/api/stock/compare", "sku"),
      { path: "/api/stock/compare?show=equal", status: 422, names: "show" },
      { path: `/api/stock/compare?after=${btoa('["1"]')}`, status: 422, names: "after" },
    ],
    foreign: "listed",
  },
  listErpOwnStock: {
    may: "read",
    good: async ({ pool, shop }) => {
      await pool.query(
        `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty", "safetyStockQty", "updatedAt")
         select sku.shop, sku.id, place, case when sku.shop = $1 then 12 else 77 end, 2, '2026-11-20T10:00:00Z'
           from (select shop, min(id) as id from "Sku" where shop in ($1, $2) group by shop) sku, unnest(array['71', 'attic']) place
         on conflict do nothing`,
        [shop, otherShop],
      );
      return { path: "/api/stock/erp?locationId=71" };
    },
    expectGood: async (answer, api) => {
      const sku = { id: expect.any(String) as string, title: expect.any(String) as string };
      expect(answer.body).toMatchObject({
        items: [{ sku, locationId: "71", shopifyLocationIds: ["71"], sellableQty: 12, safetyStockQty: 2 }],
        next: null,
      });
      const [first] = itemsOf(answer);
      const { id: skuId } = first?.["sku"] as { id: string };
      expect(first?.id).toBe(`${skuId}@71`);
      const pages: unknown[] = [];
      for (let after: string | null = ""; after !== null;) {
        const path = `/api/stock/erp?skuId=${skuId}&limit=1${after}`;
        const { body } = await api.call({ method: "GET", path, as: "read" });
        const { items, next } = body as Items;
        pages.push(items.map(({ locationId }) => locationId));
        after = next === null ? null : `&after=${next}`;
      }
      expect(pages.flat()).toEqual(expect.arrayContaining(["71", "attic"]));
      expect(pages.every((page) => (page as unknown[]).length === 1)).toBe(true);
    },
    bad: [
      ...badPages("/api/stock/erp", "sku"),
      { path: "/api/stock/erp?skuId=1", status: 422, names: "skuId" },
      { path: "/api/stock/erp?locationId=", status: 422, names: "locationId" },
    ],
    foreign: "listed",
  },
};
