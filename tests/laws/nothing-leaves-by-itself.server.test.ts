/** Law 13: nothing leaves by itself. Every kind starts off, and is switched on only by who has just seen what it would send. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { errorCatalogue } from "#app/lib/errors.ts";
import { claimIntents } from "#app/outbox/claim-intents.server.ts";
import { enqueueIntents } from "#app/outbox/enqueue-intents.server.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import { kindsOn } from "#app/outbox/sent-kinds.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { writeBackKinds, type WriteBackKind } from "#app/settings/settings-schema.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";
import { showStockPreview } from "#app/writeback/show-stock-preview.server.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";
import { bringStock } from "#tests/fixtures/bring-stock.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

const shop = "loom.myshopify.com";
const other = "weft.myshopify.com";
const now = new Date("2026-11-26T10:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const scopes = [
  ...["write_orders", "write_order_edits", "write_fulfillments", "write_inventory"],
  "write_merchant_managed_fulfillment_orders",
];

const install = (pool: Pool) =>
  pool.query(`insert into "Shop" (shop, scopes, "installedAt") select s, $2, $3 from unnest($1::text[]) s`, [
    [shop, other],
    scopes,
    now,
  ]);
const isOn = async (pool: Pool, of = shop) => {
  const { writeBack } = await loadSettings(pool, { shop: of });
  return writeBackKinds.filter((kind) => writeBack[kind]);
};
const cancel = (id: string, also: { refund?: boolean; notifyCustomer?: boolean } = {}): OutboxIntent => ({
  ...{ kind: "orderCancel", entity: "order", entityId: id },
  payload: {
    reason: "CUSTOMER",
    restock: false,
    refund: false,
    notifyCustomer: false,
    staffNote: "",
    ...also,
  },
});
const wish = (pool: Pool, intents: OutboxIntent[], of = shop) =>
  inTransaction(pool, (tx) => enqueueIntents(tx, { shop: of, intents, actor: "Ravi", now }));
const show = (pool: Pool, kind: WriteBackKind, of = shop) =>
  showPreview(pool, { shop: of, kind, actor: "7", now });
const turnOn = (pool: Pool, kind: WriteBackKind, previewId: string | null, at = later(1)) =>
  switchKind(pool, { shop, kind, on: true, previewId, actor: "7", now: at });
const NOT_SEEN = { code: "PREVIEW_NEEDED", message: expect.stringMatching(/\w/) as string };

test("a new shop has every kind off, no road of the settings turns one on, and what is wished waits", async ({
  database: { pool },
}) => {
  await install(pool);
  expect(await isOn(pool)).toEqual([]);
  await wish(pool, [cancel("1")]);
  await show(pool, "orderCancel");
  for (const kind of writeBackKinds) {
    const patch = { writeBack: { [kind]: true } };
    // As a careless caller might hand on what was sent to it.
    const sent: object = { turnsOn: kind };
    await expect(saveSettings(pool, { shop, patch, actor: "7", now, ...sent })).rejects.toMatchObject({
      ...NOT_SEEN,
      message: expect.stringContaining(`writeBack.${kind}`) as string,
    });
  }
  await expect(
    saveSettings(pool, {
      ...{ shop, actor: "7", now },
      patch: { stock: { leads: "erp" }, writeBack: { inventorySet: true } },
    }),
  ).rejects.toMatchObject(NOT_SEEN);
  expect(await isOn(pool)).toEqual([]);
  expect((await loadSettings(pool, { shop })).stock.leads).toBe("shopify");
  const kinds = kindsOn(await loadSettings(pool, { shop }), scopes);
  expect(await claimIntents(pool, { shop, kinds, limit: 9, now: later(9) })).toEqual([]);
  const { rows } = await pool.query(`select status, attempts from "Outbox"`);
  expect(rows).toEqual([{ status: "waiting", attempts: 0 }]);
});

test("what was seen of this kind, in this shop, within the hour turns it on; nothing else does", async ({
  database: { pool },
}) => {
  await install(pool);
  const seen = await show(pool, "orderCancel");
  for (const [previewId, why] of [
    [null, "none"],
    ["", "none"],
    ["019ab000-0000-7000-8000-000000000000", "unknown"],
    [(await show(pool, "orderEdit")).id, "another kind"],
    [(await show(pool, "orderCancel", other)).id, "another shop"],
  ] as const)
    await expect(turnOn(pool, "orderCancel", previewId), why).rejects.toMatchObject(NOT_SEEN);
  await expect(turnOn(pool, "orderCancel", seen.id, later(61))).rejects.toMatchObject({
    code: "PREVIEW_NEEDED",
    message: expect.stringContaining("more than an hour ago") as string,
  });
  expect(await isOn(pool)).toEqual([]);

  await turnOn(pool, "orderCancel", seen.id, later(59));
  expect([await isOn(pool), await isOn(pool, other)]).toEqual([["orderCancel"], []]);
  const { rows } = await pool.query(`select actor, action, details from "AuditLog" where shop = $1`, [shop]);
  expect(rows).toMatchObject([
    { actor: "7", action: "settings.save", details: { writeBack: { to: { orderCancel: true } } } },
  ]);
  // Other settings can be saved while it is on; off it goes without a question, and not on again without having been seen.
  await saveSettings(pool, { shop, patch: { roundRupees: "up" }, actor: "7", now });
  await switchKind(pool, {
    ...{ shop, kind: "orderCancel", previewId: null },
    on: false,
    actor: "key 1",
    now,
  });
  expect(await isOn(pool)).toEqual([]);
  await expect(turnOn(pool, "orderCancel", null)).rejects.toMatchObject(NOT_SEEN);
});

test("the preview says what refunds and who is written to, and more of either than was seen is not let out", async ({
  database: { pool },
}) => {
  await install(pool);
  await wish(pool, [
    ...[cancel("1"), cancel("2", { refund: true }), cancel("3", { notifyCustomer: true })],
    cancel("4", { refund: true, notifyCustomer: true }),
  ]);
  const seen = await show(pool, "orderCancel");
  expect(seen).toMatchObject({ waiting: 4, refunds: 2, messages: 2 });
  const said = seen.examples.map(({ orderId, refunds, notifies }) => [orderId, refunds, notifies]);
  expect(said.toSorted()).toEqual([
    ["1", false, false],
    ["2", true, false],
    ["3", false, true],
    ["4", true, true],
  ]);
  for (const [grown, words] of [
    [cancel("5"), "More would be sent"],
    [cancel("6", { notifyCustomer: true }), "More customers"],
    [cancel("7", { refund: true }), "More money"],
  ] as const) {
    await wish(pool, [grown]);
    await expect(turnOn(pool, "orderCancel", seen.id)).rejects.toMatchObject({
      code: "PREVIEW_NEEDED",
      message: expect.stringContaining(words) as string,
      next: expect.stringContaining("Look again") as string,
    });
  }
  // Another shop's do not count, nor does what is settled meanwhile.
  await wish(pool, [cancel("9", { refund: true })], other);
  await pool.query(
    `update "Outbox" set status = 'dropped' where shop = $1 and "entityId" in ('5', '6', '7')`,
    [shop],
  );
  await turnOn(pool, "orderCancel", seen.id);
  expect(await isOn(pool)).toEqual(["orderCancel"]);
});

test("without Shopify's permission a kind stays off, and says which one it lacks", async ({
  database: { pool },
}) => {
  await install(pool);
  await pool.query(`update "Shop" set scopes = '{read_orders}'`);
  for (const kind of writeBackKinds.filter((one) => one !== "inventorySet")) {
    const { id, missingScope } = await show(pool, kind);
    expect(missingScope).toMatch(/^write_/);
    await expect(turnOn(pool, kind, id), kind).rejects.toMatchObject({
      code: "SCOPE_MISSING",
      message: expect.stringContaining(missingScope ?? "?") as string,
    });
  }
  expect(await isOn(pool)).toEqual([]);
});

/** What the ERP says it can sell of each of these SKUs. */
const say = (pool: Pool, skus: readonly string[], sellable: number) =>
  pool.query(
    `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty") select $1, sku, '12', $3 from unnest($2::text[]) sku
     on conflict (shop, "skuId", "locationId") do update set "sellableQty" = excluded."sellableQty"`,
    [shop, skus, sellable],
  );
const setStock = (pool: Pool, stock: object, at: Date) =>
  saveSettings(pool, { shop, patch: { stock }, actor: "7", now: at });
const compare = async (pool: Pool, at = now) =>
  (await showStockPreview(pool, { shop, actor: "7", now: at })).id;

test("stock is sent only after all of it was compared, by the ERP's word, to the places that were compared", async ({
  database: { pool },
}) => {
  await install(pool);
  const refuses = async (previewId: string | null, code: string, at = later(3)) => {
    await expect(turnOn(pool, "inventorySet", previewId, at)).rejects.toMatchObject({ code });
  };
  await expect(show(pool, "inventorySet")).rejects.toMatchObject(NOT_SEEN);
  await expect(compare(pool)).rejects.toMatchObject({ code: "SHOPIFY_STOCK_LEADS" });
  await setStock(pool, { leads: "erp" }, later(1));
  await expect(compare(pool)).rejects.toMatchObject({ code: "STOCK_NOT_SYNCED" });
  expect(errorCatalogue.STOCK_NOT_SYNCED.next).toContain("Sync stock");
  await bringStock(pool, { shop, items: 3, shopify: 10 });
  const tooEarly = await compare(pool, now);
  await refuses(tooEarly, "PREVIEW_NEEDED", later(2));
  const seen = await compare(pool, later(2));
  await pool.query(`update "SyncJob" set status = 'running'`);
  await refuses(seen, "STOCK_NOT_SYNCED");
  await pool.query(`update "SyncJob" set status = 'completed'`);
  // Read before the app was taken away and installed anew: nothing was heard of Shopify's stock in between.
  await pool.query(`update "Shop" set "installedAt" = $1`, [later(2)]);
  await refuses(seen, "STOCK_NOT_SYNCED");
  await pool.query(`update "Shop" set "installedAt" = $1`, [now]);
  const figures = { waiting: 0, differ: 0 };
  await refuses(
    await recordPreview(pool, { shop, kind: "inventorySet", actor: "7", figures, now: later(2) }),
    "PREVIEW_NEEDED",
  );
  await turnOn(pool, "inventorySet", seen, later(3));
  expect(await isOn(pool)).toEqual(["inventorySet"]);
  await setStock(pool, { onConflict: "erp" }, later(4));
  expect(await isOn(pool)).toEqual(["inventorySet"]);

  for (const stock of [{ locations: [{ erp: "A", shopify: "9" }] }, { leads: "shopify" }]) {
    await turnOn(pool, "inventorySet", await compare(pool, later(5)), later(5));
    await setStock(pool, stock, later(6));
    expect(await isOn(pool), JSON.stringify(stock)).toEqual([]);
    await pool.query(`delete from "AuditLog"`);
  }
});

test("no more stock is set than the very person was shown, by levels and by units", async ({
  database: { pool },
}) => {
  await install(pool);
  await setStock(pool, { leads: "erp" }, later(-1));
  await bringStock(pool, { shop, items: 30, shopify: 10 });
  await say(pool, ["s1", "s2"], 13);
  await say(pool, ["s3"], 9);
  const shown = await showStockPreview(pool, { shop, actor: "7", now });
  expect(shown).toMatchObject({
    ...{
      kind: "inventorySet",
      levels: 30,
      differ: 3,
      raised: 2,
      raisedUnits: 6,
      lowered: 1,
      loweredUnits: 1,
    },
    ...{ nothing_said: 27, missingScope: null },
  });
  const { rows } = await pool.query(
    `select kind, actor, "seenAt", figures->'lowered' as lowered from "WriteBackPreview"`,
  );
  expect(rows).toEqual([{ kind: "inventorySet", actor: "7", seenAt: now, lowered: 1 }]);
  const refuses = (words: string) =>
    expect(turnOn(pool, "inventorySet", shown.id)).rejects.toMatchObject({
      ...{ code: "PREVIEW_NEEDED", message: expect.stringContaining(words) as string },
      next: expect.stringContaining("Look again") as string,
    });
  const all = Array.from({ length: 30 }, (_, index) => `s${String(index + 1)}`);
  await say(pool, all.slice(3), 0);
  await refuses("More levels would be lowered than was shown: 28 instead of 1");
  await say(pool, all.slice(3), 11);
  await refuses("More levels would be raised than was shown: 29 instead of 2");
  await say(pool, all.slice(3), 10);
  await say(pool, ["s3"], 0);
  await refuses("More units would be taken off than was shown: 10 instead of 1");
  await say(pool, ["s3"], 9);
  await say(pool, ["s1"], 4000);
  await refuses("More units would be added than was shown: 3993 instead of 6");
  await say(pool, ["s1"], 13);
  // Who saw it is who answers for it: of every kind.
  const other = await showPreview(pool, { shop, kind: "orderCancel", actor: "8", now });
  for (const [kind, previewId, actor] of [
    ["inventorySet", shown.id, "8"],
    ["orderCancel", other.id, "7"],
  ] as const)
    await expect(
      switchKind(pool, { shop, kind, on: true, previewId, actor, now: later(1) }),
    ).rejects.toMatchObject({ code: "PREVIEW_NEEDED", message: expect.stringContaining("somebody else") });
  expect(await isOn(pool)).toEqual([]);
  await say(pool, ["s2"], 12);
  await turnOn(pool, "inventorySet", shown.id);
  expect(await isOn(pool)).toEqual(["inventorySet"]);
});
