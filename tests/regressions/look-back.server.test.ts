/** S9 and S16 by the real look-back job, over HTTP to the simulated store. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { connectedTest as test, runJobOf, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";

const HOUR = 3_600_000;
const hoursAgo = (hours: number) => new Date(Math.floor(Date.now() / 1000) * 1000 - hours * HOUR);
const refundedAt = hoursAgo(3);
const ID = "9001";
const GID = `gid://shopify/Order/${ID}`;

/** A shipped and paid order of 2 × 100.00, made eight days ago. */
const order = {
  id: Number(ID),
  name: "#1001",
  createdAt: hoursAgo(8 * 24).toISOString(),
  gateway: "Razorpay",
  lineItems: [{ sku: "KURTA", quantity: 2 }],
  displayFulfillmentStatus: "FULFILLED",
};

/** A store of one article, KURTA at 100.00, and these orders. */
async function storeOf(...orders: object[]) {
  const folder = await mkdtemp(join(tmpdir(), "a-store-"));
  try {
    const dataFile = join(folder, "store.json");
    const products = [{ id: 501, title: "Kurta", variants: [{ id: 601, sku: "KURTA", price: "100.00" }] }];
    await writeFile(dataFile, JSON.stringify({ products, orders }));
    return createStore({ orders: 0, seed: 1, dataFile });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function held({ pool, shop }: ConnectedShop, columns: string, table = "Order") {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT ${columns} FROM "${table}" WHERE shop = $1`,
    [shop],
  );
  return rows;
}

test.for(["webhook", "dump"] as const)(
  "S9: an order that came by %s and was processed is processed again when the look-back finds it newer",
  async (road, { connect }) => {
    const store = await storeOf({ ...order, updatedAt: order.createdAt });
    const sim = await connect({ store });
    await runJobOf(sim, "products");
    if (road === "dump") await runJobOf(sim, "orders");
    else {
      const raw = JSON.stringify(renderRestOrder(store.node(GID) as SimNode));
      await ingestPayloads(sim.pool, {
        ...{ shop: sim.shop, kind: "order", source: "webhook", now: new Date() },
        payloads: [{ id: ID, shape: "rest", raw, shopifyUpdatedAt: order.createdAt, triggeredAt: null }],
      });
      await runJobOf(sim, "process-cache");
    }
    expect(await held(sim, "note")).toEqual([{ note: null }]);

    store.change(GID, { note: "call before delivery" }, hoursAgo(2));
    expect(await runJobOf(sim, "look-back")).toMatchObject({ status: "completed", updated: 1, errors: 0 });
    expect(await held(sim, "note")).toEqual([{ note: "call before delivery" }]);
    expect(
      await held(sim, `source, "rawShape", "processedAt" IS NOT NULL AS done`, "ShopifyOrderCache"),
    ).toEqual([{ source: "lookback", rawShape: "detail", done: true }]);

    expect(await runJobOf(sim, "look-back")).toMatchObject({ status: "completed", updated: 0, created: 0 });
  },
);

test("S16: a refund on last week's order, which no webhook told, is found by the look-back, with its goods", async ({
  connect,
}) => {
  const store = await storeOf({ ...order, updatedAt: order.createdAt });
  const refunded = await storeOf({
    ...order,
    refunds: [
      {
        createdAt: refundedAt.toISOString(),
        refundLineItems: [{ lineItem: 0, quantity: 1, restockType: "NO_RESTOCK" }],
      },
    ],
  });
  const sim = await connect({ store });
  await sim.pool.query(`UPDATE "Shop" SET "installedAt" = $1`, [hoursAgo(30 * 24)]);
  await runJobOf(sim, "products");
  await runJobOf(sim, "orders");
  const money = `"financialStatus", "currentTotalAmount", "refundedAmount"`;
  expect(await held(sim, money)).toEqual([
    { financialStatus: "PAID", currentTotalAmount: "200.00", refundedAmount: "0.00" },
  ]);

  store.change(GID, refunded.node(GID) as Record<string, SimValue>, refundedAt);
  expect(await runJobOf(sim, "look-back")).toMatchObject({ status: "completed", updated: 1 });
  expect(await held(sim, money)).toEqual([
    { financialStatus: "PARTIALLY_REFUNDED", currentTotalAmount: "100.00", refundedAmount: "100.00" },
  ]);
  expect(await held(sim, `"refundedQty"`, "OrderLine")).toEqual([{ refundedQty: 1 }]);
  expect(await held(sim, `kind, amount`, "OrderPayment")).toContainEqual({
    kind: "REFUND",
    amount: "100.00",
  });
  // Nothing is left to ask for, and that nobody had told us is remembered.
  expect(await held(sim, `"needsFetch"`, "ShopifyOrderCache")).toEqual([{ needsFetch: null }]);
  expect(await held(sim, `kind, id, "shopifyUpdatedAt"`, "ShopifyMissedUpdate")).toEqual([
    { kind: "order", id: ID, shopifyUpdatedAt: refundedAt },
  ]);
});
