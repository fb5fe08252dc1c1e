import { expect } from "vitest";
import type { SimNode } from "#simulator/store/types.ts";
import {
  connectedTest as test,
  numberOf,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { fetchOrder, type WhichOrder } from "./fetch-order.server.ts";

async function aShop(sim: ConnectedShop) {
  const { context, client, shop, store, pool } = sim;
  await runJobOf(sim, "products");
  return {
    ...sim,
    order: (index: number) => store.collection("orders")?.at(index) as SimNode,
    fetch: (which: WhichOrder) => fetchOrder(context, { shop, client, ...which }),
    erpOrders: async () =>
      (
        await pool.query<{ id: string; number: string }>(
          `SELECT "shopifyOrderId" AS id, "orderNumber" AS number FROM "Order" WHERE shop = $1 ORDER BY 1`,
          [shop],
        )
      ).rows,
  };
}

test("by id: fetched, stored and in the ERP when it returns; the second time nothing has changed", async ({
  connect,
}) => {
  const { fetch, order, erpOrders } = await aShop(await connect());
  const id = numberOf(order(20));
  const became = { id, orderNumber: order(20).name, errorCode: null, error: null };
  expect(await fetch({ id })).toMatchObject({ found: true, orders: [{ ...became, outcome: "created" }] });
  expect(await erpOrders()).toEqual([{ id, number: order(20).name }]);
  expect(await fetch({ id })).toMatchObject({ found: true, orders: [{ ...became, outcome: "unchanged" }] });
});

test("by name, with and without #; several orders of one name all come; longer names do not", async ({
  connect,
}) => {
  const { fetch, order, store, erpOrders } = await aShop(await connect());
  const [one, two, longer] = [order(20), order(21), order(22)];
  const name = 'A"1\\';
  store.change(one.id, { name: `#${name}` }, new Date("2026-11-25T10:00:00Z"));
  store.change(two.id, { name }, new Date("2026-11-25T10:00:00Z"));
  store.change(longer.id, { name: `#${name}2` }, new Date("2026-11-25T10:00:00Z"));
  const both = [numberOf(one), numberOf(two)].sort();
  const found = await fetch({ number: `#${name}` });
  expect(found.found && found.orders.map(({ id }) => id).sort()).toEqual(both);
  expect((await erpOrders()).map(({ id }) => id)).toEqual(both);
  expect(await fetch({ number: ` ${name} ` })).toMatchObject({ found: true, orders: [{}, {}] });
});

test("what there is not is said in words", async ({ connect }) => {
  const { fetch } = await aShop(await connect());
  const notFound = (message: string) => ({ found: false, code: "NOT_FOUND", message });
  expect(await fetch({ number: "#99999999" })).toEqual(notFound("Shopify has no order #99999999."));
  expect(await fetch({ id: "1" })).toEqual(notFound("Shopify has no order 1, or not any more."));
  expect(await fetch({ id: "#1001" })).toMatchObject({ found: false, code: "NOT_FOUND" });
  await expect(fetch({ number: " # " })).rejects.toMatchObject({ code: "VALIDATION" });
});

test("one in quarantine is tried again, for a person wants it", async ({ connect }) => {
  const { fetch, order, pool } = await aShop(await connect());
  const id = numberOf(order(20));
  await fetch({ id });
  await pool.query(
    `UPDATE "ShopifyOrderCache" SET "processedAt" = NULL, "errorCode" = 'SKU_NOT_FOUND', "processingError" = 'x', attempts = 7, "quarantinedAt" = now()`,
  );
  expect(await fetch({ id })).toMatchObject({ orders: [{ id, outcome: "unchanged", errorCode: null }] });
  const { rows } = await pool.query(
    `SELECT "quarantinedAt", "processedAt" IS NOT NULL AS done FROM "ShopifyOrderCache"`,
  );
  expect(rows).toEqual([{ quarantinedAt: null, done: true }]);
});

test("one that cannot be processed comes back with its code and the reason, and other entries are left alone", async ({
  connect,
}) => {
  const { fetch, order, pool, ids } = await aShop(await connect());
  await pool.query(`DELETE FROM "Sku"`);
  const [other = ""] = ids("orders", 1);
  await pool.query(
    `INSERT INTO "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source)
     SELECT shop, $1, '{}', 'rest', 'x', 'webhook' FROM "Shop"`,
    [other],
  );
  const found = await fetch({ id: numberOf(order(20)) });
  expect(found).toMatchObject({
    orders: [
      { outcome: "failed", errorCode: "SKU_NOT_FOUND", error: expect.stringMatching(/SKU/) as string },
    ],
  });
  const { rows } = await pool.query(
    `SELECT "errorCode", "processedAt" FROM "ShopifyOrderCache" WHERE id = $1`,
    [other],
  );
  expect(rows).toEqual([{ errorCode: null, processedAt: null }]);
});
