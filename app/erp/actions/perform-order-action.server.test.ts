import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadActionState } from "./load-action-state.server.ts";
import { OrderAction } from "./order-action.ts";
import { performOrderAction } from "./perform-order-action.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const two: OrderSketch = { id: "1001", total: "200.00", lines: [{ id: "501", quantity: 2 }] };

const act = (pool: Pool, asked: object, more: { shop?: string; orderId?: string; now?: Date } = {}) =>
  performOrderAction(pool, {
    ...{ shop, orderId: "1001", actor: "Ravi", now },
    ...more,
    action: OrderAction.parse(asked),
  });
const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
/** Everything an action can write. */
const written = (pool: Pool) =>
  rows(
    pool,
    `select (select count(*)::int from "ErpFact") as facts, (select count(*)::int from "Outbox") as intents,
       (select count(*)::int from "ChangeFeed" where entity = 'order') as feed, (select count(*)::int from "AuditLog") as audit`,
  );

describe("an action", () => {
  test("writes facts, what Shopify is to be told, the order's rows, the feed and the audit log, all in one", async ({
    database: { pool },
  }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    await act(pool, { action: "pick" });
    await act(pool, { action: "pack" });
    const done = await act(pool, {
      ...{
        action: "hand_over",
        lines: [{ lineId: "501", qty: 1 }],
        awbNumber: "AWB 1",
        courier: "Delhivery",
      },
    });
    expect(done).toEqual({
      words: "1 × Kurta handed over, to Delhivery, as AWB 1, to collect 100.00 INR",
      intentIds: [expect.any(String)],
      madeId: expect.any(String) as string,
    });
    expect(
      await rows(pool, `select id, state, origin, "awbNumber", "amountToCollect" from "Parcel"`),
    ).toEqual([
      { id: done.madeId, state: "handed_over", origin: "erp", awbNumber: "AWB 1", amountToCollect: "100.00" },
    ]);
    expect(
      await rows(
        pool,
        `select "shippedQty", "packedQty", status, "stopShip" from "OrderLine" join "Order" using (shop, "shopifyOrderId")`,
      ),
    ).toEqual([{ shippedQty: 1, packedQty: 1, status: "partially_shipped", stopShip: null }]);
    expect(
      await rows(pool, `select id, kind, entity, "entityId", payload, actor, status from "Outbox"`),
    ).toEqual([
      {
        ...{ id: done.intentIds[0], kind: "fulfillmentCreate", entity: "order", entityId: "1001" },
        payload: {
          ...{ parcelId: done.madeId, lines: [{ lineId: "501", qty: 1 }], locationId: null },
          ...{ notifyCustomer: false, awbNumber: "AWB 1", courier: "Delhivery", trackingUrl: null },
        },
        ...{ actor: "Ravi", status: "waiting" },
      },
    ]);
    expect(
      await rows(pool, `select change, parts from "ChangeFeed" where entity = 'order' order by seq`),
    ).toEqual([
      { change: "created", parts: [] },
      ...Array.from({ length: 2 }, () => ({ change: "updated", parts: ["lines"] })),
      { change: "updated", parts: expect.arrayContaining(["lines", "parcels"]) as string[] },
    ]);
    expect(await rows(pool, `select actor, action, target from "AuditLog" order by id`)).toEqual(
      ["pick", "pack", "hand_over"].map((action) => ({
        actor: "Ravi",
        action: `order.${action}`,
        target: "1001",
      })),
    );
    // The page sees the same.
    expect((await loadActionState(pool, { shop, orderId: "1001", now })).quantities.status).toBe(
      "partially_shipped",
    );
  });

  test("says the id of what it made, also where the caller gave it", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    await act(pool, { action: "pick" });
    expect((await act(pool, { action: "pack" })).madeId).toBeNull();
    expect((await act(pool, { action: "hand_over", parcelId: "BOX-1" })).madeId).toBe("BOX-1");
    expect(await rows(pool, `select id from "Parcel"`)).toEqual([{ id: "BOX-1" }]);
    expect((await act(pool, { action: "deliver", parcelId: "BOX-1" })).madeId).toBeNull();
  });

  test("that cannot end leaves nothing behind", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    await act(pool, { action: "pick" });
    await act(pool, { action: "pack" });
    const before = await written(pool);
    // The last that is written fails.
    await pool.query(`alter table "AuditLog" add constraint no_more check (action <> 'order.hand_over')`);
    await expect(act(pool, { action: "hand_over" })).rejects.toThrow(/no_more/);
    expect(await written(pool)).toEqual(before);
    expect(await rows(pool, `select "packedQty", "shippedQty" from "OrderLine"`)).toEqual([
      { packedQty: 2, shippedQty: 0 },
    ]);
  });

  test("keeps the order of its facts where two machines' clocks differ", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    for (const action of ["pick", "pack"]) await act(pool, { action });
    await act(pool, { action: "hand_over", parcelId: "P1" });
    await act(pool, { action: "initiate_rto", parcelId: "P1" });
    await act(pool, { action: "deliver", parcelId: "P1" }, { now: new Date(now.getTime() - 60_000) });
    expect(await rows(pool, `select state from "Parcel"`)).toEqual([{ state: "delivered" }]);
  });

  test("leaves the order processed, and news that waited with it", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
    await act(pool, { action: "allocate" });
    expect(await rows(pool, `select "processedAt" from "ShopifyOrderCache"`)).toEqual([{ processedAt: now }]);
  });

  test("leaves an order whose newest news was in quarantine out of it", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    await pool.query(
      `update "ShopifyOrderCache" set "processedAt" = null, "errorCode" = 'SKU_NOT_FOUND', attempts = 9, "quarantinedAt" = now()`,
    );
    await act(pool, { action: "allocate" });
    expect(
      await rows(pool, `select "processedAt", "errorCode", "quarantinedAt" from "ShopifyOrderCache"`),
    ).toEqual([{ processedAt: now, errorCode: null, quarantinedAt: null }]);
  });

  test("writes what a person wrote freely into the fact only, where it can be forgotten", async ({
    database: { pool },
  }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    for (const action of ["pick", "pack"]) await act(pool, { action });
    await act(pool, { action: "hand_over", parcelId: "P1" });
    await act(pool, { action: "initiate_rto", parcelId: "P1", reason: "Zubeida was not at home" });
    expect(JSON.stringify(await rows(pool, `select details from "AuditLog"`))).not.toContain("Zubeida");
    expect(JSON.stringify(await rows(pool, `select details from "ErpFact"`))).toContain("Zubeida");
  });
});

describe("two people at once", () => {
  test("hand the same parcel over: one does, the other is told that nothing is left", async ({
    database: { pool, url },
  }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    for (const action of ["pick", "pack"]) await act(pool, { action });
    const others = Array.from({ length: 4 }, () =>
      openDatabase(url, { poolSize: 1, applicationName: "clicks" }),
    );
    const answers = await Promise.allSettled(
      others.map(({ pool: own }) => act(own, { action: "hand_over" })),
    );
    for (const { close } of others) await close();
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "ACTION_NOT_ALLOWED", message: "Nothing is packed that could leave" },
    });
    expect(await rows(pool, `select count(*)::int from "Outbox"`)).toEqual([{ count: 1 }]);
    expect(await rows(pool, `select sum(qty)::int from "ErpFact" where kind = 'handed_over'`)).toEqual([
      { sum: 2 },
    ]);
  });

  test("who ask for a unit each get a unit each", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    const one = { action: "pick", lines: [{ lineId: "501", qty: 1 }] };
    const answers = await Promise.allSettled([act(pool, one), act(pool, one), act(pool, one)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await rows(pool, `select "pickedQty", "allocatedQty" from "OrderLine"`)).toEqual([
      { pickedQty: 2, allocatedQty: 2 },
    ]);
  });
});

describe("is refused, and writes nothing", () => {
  test("of an order of another shop, or of none", async ({ database: { pool } }) => {
    await ordersInTheErp(pool, { shop, orders: [two], now });
    const before = await written(pool);
    const other = "other.myshopify.com";
    await expect(act(pool, { action: "pick" }, { shop: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(act(pool, { action: "pick" }, { orderId: "9" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(loadActionState(pool, { shop: other, orderId: "1001", now })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await written(pool)).toEqual(before);
  });

  test("of history, a test order, and one that the ERP could not take", async ({ database: { pool } }) => {
    await pool.query(`insert into "Shop" (shop, "installedAt", "cutOverAt") values ($1, $2, $2)`, [
      shop,
      new Date("2026-11-10T00:00:00Z"),
    ]);
    const later = { createdAt: "2026-11-12T10:00:00Z" };
    await ordersInTheErp(pool, {
      ...{ shop, now },
      orders: [
        two,
        { ...two, ...later, id: "1002", test: true },
        { ...two, ...later, id: "1003", lines: [{ id: "503", variantId: "77", sku: "NOBODYS" }] },
      ],
    });
    const before = await written(pool);
    for (const [orderId, words] of [
      ["1001", "history"],
      ["1002", "test order"],
      ["1003", "not in the ERP: SKU not found: NOBODYS"],
    ] as const)
      await expect(act(pool, { action: "pick" }, { orderId })).rejects.toMatchObject({
        ...{ code: "ACTION_NOT_ALLOWED", message: expect.stringContaining(words) as string },
        next: expect.any(String) as string,
      });
    expect(await written(pool)).toEqual(before);
  });
});
