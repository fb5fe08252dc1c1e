import { expect } from "vitest";

import { loadEntryState } from "#app/cache/load-entry-state.server.ts";
import { findErpRecord } from "#app/erp/find-erp-record.server.ts";
import { connectedTest as test, numberOf, runJobOf } from "#tests/setup/a-connected-shop.ts";

import { fetchEntry } from "./fetch-entry.server.ts";

test("what is fetched by hand says what came of it, and leads to its ERP record", async ({ connect }) => {
  const sim = await connect();
  const { context, client, shop, pool, ids } = sim;
  for (const job of ["products", "customers", "orders", "inventory"] as const) await runJobOf(sim, job);
  const fetch = (kind: "order" | "product" | "customer", id: string) =>
    fetchEntry(context, { shop, client, kind, id });

  const [order = ""] = ids("orders", 1);
  expect(await fetch("order", order)).toMatch(/^Fetched/);
  expect(await findErpRecord(pool, { shop, kind: "order", id: order })).toMatchObject({
    of: "order",
    id: order,
  });

  const [product = ""] = ids("products", 1);
  expect(await fetch("product", product)).toBe("Fetched from Shopify; it is processed now");
  expect(await loadEntryState(pool, { shop, kind: "product", id: product })).toMatchObject({
    ...{ status: "pending", source: "fetch", shape: "detail" },
  });
  const made = await findErpRecord(pool, { shop, kind: "product", id: product });
  const { rows } = await pool.query<{ level: string; productId: string }>(
    `select c.id as level, s."productId" from "ShopifyInventoryCache" c join "Sku" s on s.shop = $1 and s.id = c."skuId"
     where c.shop = $1 and s."productId" = $2 limit 1`,
    [shop, made?.id],
  );
  expect(await findErpRecord(pool, { shop, kind: "inventory", id: rows[0]?.level ?? "" })).toMatchObject({
    ...{ of: "product", id: made?.id },
  });

  const [customer = ""] = ids("customers", 1);
  await fetch("customer", customer);
  expect(await findErpRecord(pool, { shop, kind: "customer", id: customer })).toMatchObject({
    of: "customer",
  });
  expect(await findErpRecord(pool, { shop: "other.myshopify.com", kind: "order", id: order })).toBeNull();
});

test("what Shopify does not have any more is said in words", async ({ connect }) => {
  const { context, client, shop, store } = await connect();
  const product = store.collection("products")?.at(0);
  const asked = { shop, client, kind: "product" as const };
  await expect(fetchEntry(context, { ...asked, id: "1" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(fetchEntry(context, { ...asked, kind: "order", id: "1" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await fetchEntry(context, { ...asked, id: numberOf(product) })).toMatch(/^Fetched/);
});
