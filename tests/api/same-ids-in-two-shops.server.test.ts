/** Law 11 at its hardest: another shop's rows bear the very ids of ours, and no answer changes by one letter. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { otherShop, startApi, type TestApi } from "./an-api.ts";
import { aFailedDelivery, aFailedOrder } from "./cache-cases.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ orders: 5 });
});
afterAll(async () => {
  await api.stop();
});

/** Tables whose rows may have the same id in two shops, those first that others name. */
const tables = [
  ...["ShopifyOrderCache", "ShopifyProductCache", "ShopifyCustomerCache", "ShopifyInventoryCache"],
  ...[
    "ShopifyCacheSlot",
    "ShopifyPayloadHistory",
    "ShopifyFetchRequest",
    "ShopifyLocation",
    "WebhookDelivery",
  ],
  ...[
    "Product",
    "Variation",
    "Sku",
    "SkuMapping",
    "Customer",
    "Order",
    "OrderLine",
    "OrderCharge",
    "OrderPayment",
  ],
  ...["Parcel", "ParcelLine", "ReturnCase", "SyncJob", "SyncJobLog"],
];

/** Puts rows where a fresh shop has none, so that there is something of each kind to be mixed up. */
async function fillEmpty(): Promise<void> {
  const { pool, shop } = api;
  const order = await aFailedOrder(api, shop);
  await aFailedDelivery(api, shop);
  const columns = `source, "contentHash", "shopifyUpdatedAt", "triggeredAt", "receivedAt", "rawData"`;
  await pool.query(
    `insert into "ShopifyCacheSlot" (shop, kind, id, shape, ${columns})
     select shop, 'order', id, 'rest', ${columns} from "ShopifyOrderCache" where shop = $1`,
    [shop],
  );
  await pool.query(
    `insert into "ShopifyPayloadHistory" (shop, kind, id, shape, ${columns}, "supersededAt")
     select shop, 'order', id, 'rest', ${columns}, now() from "ShopifyOrderCache" where shop = $1`,
    [shop],
  );
  await pool.query(
    `insert into "SkuMapping" (shop, "shopifyVariantId", "skuId", "createdBy")
     select shop, "shopifyVariantId", id, 'test' from "Sku" where shop = $1 and "shopifyVariantId" is not null`,
    [shop],
  );
  await pool.query(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, "fetchError") values ($1, 'order', '1', 'test', 'No answer')`,
    [shop],
  );
  await pool.query(
    `update "ShopifyOrderCache" set "needsFetch" = 'lines', "fetchError" = 'No answer' where shop = $1 and id <> $2`,
    [shop, order],
  );
}

async function everything(): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  const get = async (path: string): Promise<unknown> => {
    const { status, body } = await api.call({ method: "GET", path, as: "read" });
    expect(status, path).toBe(200);
    answers[path] = { ...(body as object), at: null, since: null };
    return body;
  };
  const idsAt = async (path: string) =>
    ((await get(path)) as { items: { id: string }[] }).items.map(({ id }) => id);
  for (const list of ["erp/orders", "erp/products", "erp/customers"])
    for (const id of await idsAt(`/api/${list}`)) await get(`/api/${list}/${id}`);
  for (const kind of ["order", "product", "customer", "inventory"])
    for (const id of await idsAt(`/api/shopify/cache/${kind}`)) await get(`/api/shopify/cache/${kind}/${id}`);
  for (const id of await idsAt("/api/shopify/jobs")) await get(`/api/shopify/jobs/${id}/log`);
  const since = "updatedSince=2020-01-01T00:00:00Z";
  for (const path of [
    "erp/skus",
    `erp/skus?${since}`,
    `erp/orders?${since}`,
    `erp/products?${since}`,
    "erp/stock",
    "stock/erp",
  ])
    await get(`/api/${path}`);
  const { rows } = await api.pool.query<{ id: string }>(
    `select max("shopifyVariantId") as id from "Sku" where shop = $1`,
    [api.shop],
  );
  await get(`/api/erp/skus?shopifyVariantId=${rows[0]?.id ?? ""}`);
  for (const path of ["cache/cache-status", "webhooks/deliveries", "webhooks/health"])
    await get(`/api/shopify/${path}`);
  return answers;
}

test("every answer stays as it is when another shop gets rows with all our ids", async () => {
  await fillEmpty();
  const before = await everything();
  const copied: Record<string, number> = {};
  for (const table of tables) {
    const { rowCount } = await api.pool.query(
      `insert into "${table}" select (jsonb_populate_record(t, jsonb_build_object('shop', $2::text))).*
       from "${table}" t where shop = $1 on conflict do nothing`,
      [api.shop, otherShop],
    );
    copied[table] = rowCount ?? 0;
  }
  const uncopied = tables.filter((table) => !copied[table]);
  expect(uncopied).toEqual(["ShopifyInventoryCache", "ShopifyLocation"]); // have cases of their own
  expect(await everything()).toEqual(before);
});
