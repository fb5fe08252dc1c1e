import type { Pool } from "pg";
import { describe, expect } from "vitest";

import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { aNode, ingest, process, shop } from "#app/erp/catalog/test-products.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import type { FollowedSetting } from "#app/settings/followed-settings.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import type { SettingsPatch } from "#app/settings/settings-schema.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { findAffected } from "./find-affected.server.ts";
import { followSettings } from "./follow-settings.server.ts";
import { previewOrderRules } from "./preview-order-rules.server.ts";

const now = new Date("2026-11-22T10:00:00Z");
const digital = [{ variantId: null, requiresShipping: false }];
const cod = { gateways: ["Cash on Delivery (COD)"], lines: digital };

/** A paid order whose parts add up: no setting here changes it. */
const plain: OrderSketch = {
  ...{ id: "1", total: "100.00", outstanding: "0.00", financialStatus: "PAID", gateways: ["Razorpay"] },
  ...{ lines: digital, createdAt: "2026-11-10T10:00:00Z" },
};
const silent = {
  ...{ id: "gid://shopify/Fulfillment/7", status: "SUCCESS", displayStatus: "IN_TRANSIT", totalQuantity: 1 },
  ...{ createdAt: "2026-11-16T10:00:00Z", updatedAt: "2026-11-17T10:00:00Z" },
};

async function receive(pool: Pool, ...sketches: OrderSketch[]): Promise<void> {
  await pool.query(
    `insert into "Shop" (shop, "installedAt") values ($1, '2026-01-01') on conflict do nothing`,
    [shop],
  );
  const payloads = sketches.map((sketch) => ({
    ...{ id: sketch.id ?? "", shape: "bulk" as const, raw: JSON.stringify(anOrder(sketch)) },
    ...{ shopifyUpdatedAt: "2026-11-20T10:00:00Z", triggeredAt: null },
  }));
  await ingestPayloads(pool, { shop, kind: "order", source: "dump", payloads, now });
  await processPendingOrders(pool, { shop, limit: Infinity, now });
}

const compute = (pool: Pool) => processPendingOrders(pool, { shop, limit: Infinity, now });
const save = (pool: Pool, patch: SettingsPatch, more: { cutOverAt?: Date | null } = {}) =>
  saveSettings(pool, { shop, patch, actor: "asha", now, ...more });
const follow = (pool: Pool) => followSettings(pool, { shop, now });
const ordersOf = async (pool: Pool) =>
  (
    await pool.query<Record<string, unknown>>(
      `select o."shopifyOrderId" as id, o.status, o."paymentMethod", o."isHistory", o."amountToCollect"::text as collect,
         (select string_agg(hold->>'releasedBy', ' ') from jsonb_array_elements(o.holds) hold) as held,
         (select string_agg(state, ' ') from "Parcel" p where p.shop = o.shop and p."shopifyOrderId" = o."shopifyOrderId") as parcels
       from "Order" o where shop = $1 order by id`,
      [shop],
    )
  ).rows;

/** An order that the saved setting is about, what is saved, and what its row then says; saved back it is as before. */
const cases: {
  setting: FollowedSetting;
  order: OrderSketch;
  before?: SettingsPatch;
  patch: SettingsPatch;
  cutOverAt?: Date;
  becomes: Record<string, unknown>;
  back: SettingsPatch;
}[] = [
  {
    setting: "paymentRules",
    order: { gateways: ["Pay Later"], total: "100.00", lines: digital },
    patch: { paymentRules: [{ on: "gateway", match: "words", text: "pay later", method: "COD" }] },
    becomes: { paymentMethod: "COD", status: "open", collect: "100.00" },
    back: { paymentRules: [] },
  },
  {
    setting: "cutOverAt",
    order: { ...cod, total: "100.00", createdAt: "2026-11-08T10:00:00Z" },
    patch: {},
    cutOverAt: new Date("2026-11-09T00:00:00Z"),
    becomes: { isHistory: true },
    back: {},
  },
  {
    setting: "holdOnMoneyDifference",
    order: { ...plain, total: "150.00" },
    patch: { holdOnMoneyDifference: true },
    becomes: {
      status: "on_hold",
      held: "Whoever checks the amounts: mend the order in Shopify, or turn this hold off in the order rules",
    },
    back: { holdOnMoneyDifference: false },
  },
  {
    setting: "codConfirmation",
    order: { ...cod, total: "100.00", extra: { tags: ["Called"] } },
    patch: { codConfirmation: { required: true } },
    becomes: { status: "on_hold", held: expect.stringContaining("COD Confirmed") },
    back: { codConfirmation: { confirmedTags: ["called"] } },
  },
  {
    setting: "roundRupees",
    order: { ...cod, total: "100.40" },
    patch: { roundRupees: "up" },
    becomes: { collect: "101.00" },
    back: { roundRupees: "no" },
  },
  {
    setting: "deliveryUnknownAfterDays",
    order: { ...plain, lines: [{ variantId: null, unfulfilledQuantity: 0 }], fulfillments: [silent] },
    patch: { deliveryUnknownAfterDays: 3 },
    becomes: { parcels: "delivery_unknown" },
    back: { deliveryUnknownAfterDays: 10 },
  },
];

describe("a saved setting reaches what was computed before it", () => {
  test.for(cases)("$setting", async ({ order, patch, cutOverAt, becomes, back }, { database: { pool } }) => {
    if (order.gateways?.[0] === "Pay Later") {
      await pool.query(`insert into "Shop" (shop, "installedAt") values ($1, '2026-01-01')`, [shop]);
      await save(pool, { paymentRules: [] });
      await follow(pool);
    }
    await receive(pool, plain, { ...order, id: "2" });
    const before = await ordersOf(pool);
    await save(pool, patch, cutOverAt ? { cutOverAt } : {});
    expect(await follow(pool)).toBe(1);
    expect(await compute(pool)).toMatchObject({ processed: 1, updated: 1 });
    expect(await ordersOf(pool)).toMatchObject([before[0], becomes]);
    // Nothing is left to follow, and saving the same is no change.
    await save(pool, patch, cutOverAt ? { cutOverAt } : {});
    expect(await follow(pool)).toBe(0);
    await save(pool, back, cutOverAt ? { cutOverAt: null } : {});
    expect(await follow(pool)).toBe(1);
    await compute(pool);
    expect(await ordersOf(pool)).toEqual(before);
  });

  test("colourSynonyms, of products alone", async ({ database: { pool } }) => {
    await receive(pool, plain);
    const variants = (option: string, from: number) =>
      ["White", "Blue"].map((value, index) => ({
        ...{ id: from + index, sku: `SKU-${String(from + index)}`, options: { [option]: value } },
      }));
    await ingest(pool, [aNode(1, "Kurta", variants("Finish", 11)), aNode(2, "Shirt", variants("Color", 21))]);
    await process(pool);
    const variations = async () =>
      (
        await pool.query<{ name: string }>(
          `select name from "Variation" where shop = $1 and "archivedAt" is null order by name`,
          [shop],
        )
      ).rows.map(({ name }) => name);
    expect(await variations()).toEqual(["Blue", "Default", "White"]);
    await save(pool, { colourSynonyms: ["color", "finish"] });
    expect(await follow(pool)).toBe(1);
    expect(await process(pool)).toMatchObject({ processed: 1, updated: 1 });
    expect(await variations()).toEqual(["Blue", "Blue", "White", "White"]);
  });
});

describe("nothing is computed again", () => {
  test("when what is saved computes nothing, or is as it was", async ({ database: { pool } }) => {
    await receive(pool, plain, { ...cod, id: "2", total: "100.40" });
    await save(pool, {
      ...{ historyRetentionDays: 60, deliveryLogRetentionDays: 60, roundRupees: "no" },
      ignoredContacts: { emails: ["calls@example.com"] },
    });
    const { rows } = await pool.query(`select "settingsToFollow" from "Shop"`);
    expect(rows).toEqual([{ settingsToFollow: [] }]);
    expect(await follow(pool)).toBe(0);
    expect(await compute(pool)).toMatchObject({ processed: 0 });
  });

  test("of another shop", async ({ database: { pool } }) => {
    await receive(pool, { ...cod, id: "2", total: "100.40" });
    await pool.query(`insert into "Shop" (shop, "installedAt") values ('b.myshopify.com', '2026-01-01')`);
    await save(pool, { roundRupees: "up" });
    expect(await followSettings(pool, { shop: "b.myshopify.com", now })).toBe(0);
    expect(await follow(pool)).toBe(1);
  });
});

test("stopped in the middle, then saved back and followed: every order is as the rules that hold", async ({
  database: { pool },
}) => {
  const orders = ["1", "2"].map((id) => ({ ...cod, id, total: "100.00", createdAt: "2026-11-08T10:00:00Z" }));
  await receive(pool, ...orders);
  const before = await ordersOf(pool);
  const { cutOverAt } = await save(pool, {}, { cutOverAt: new Date("2026-11-09T00:00:00Z") });
  // The first was made pending and computed, then the process ended.
  await pool.query(`update "ShopifyOrderCache" set "processedAt" = null where id = '1'`);
  await compute(pool);
  await save(pool, {}, { cutOverAt: null });
  expect(await follow(pool)).toBe(1);
  await compute(pool);
  expect(await ordersOf(pool)).toEqual(before);
  expect(cutOverAt).toEqual(new Date("2026-11-09T00:00:00Z"));
});

test("what would change is counted before it is saved, and nothing is written", async ({
  database: { pool },
}) => {
  await receive(
    pool,
    { ...cod, id: "1", total: "100.40", createdAt: "2026-11-08T10:00:00Z" },
    { ...plain, id: "2", createdAt: "2026-11-08T10:00:00Z", fulfillments: [silent] },
    { ...cod, id: "3", total: "100.00" },
    { ...cod, id: "4", total: "100.00", test: true },
  );
  const settings = {
    ...(await loadSettings(pool, { shop })),
    ...{ roundRupees: "up" as const, cutOverAt: new Date("2026-11-09T00:00:00Z") },
  };
  const asked = { shop, settings, now };
  const preview = await previewOrderRules(pool, { ...asked, changed: ["cutOverAt", "roundRupees"] });
  expect(preview).toMatchObject({
    cutOver: { becomeHistory: 3, becomeHistoryOpen: 3, becomeLive: 0, becomeLiveOpen: 0 },
  });
  expect(preview.computed).toEqual([
    { setting: "roundRupees", count: (await findAffected(pool, "roundRupees", asked)).length },
  ]);
  expect(await compute(pool)).toMatchObject({ processed: 0 });
});
