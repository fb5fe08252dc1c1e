/** Law 13: nothing leaves by itself. Every kind starts off, and is switched on only by who has just seen what it would send. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { claimIntents } from "#app/outbox/claim-intents.server.ts";
import { enqueueIntents } from "#app/outbox/enqueue-intents.server.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import { kindsOn } from "#app/outbox/sent-kinds.ts";
import { switchKind } from "#app/outbox/switch-kind.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { writeBackKinds, type WriteBackKind } from "#app/settings/settings-schema.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";
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

test("stock is sent only after all of it was compared, by the ERP's word, to the places that were compared", async ({
  database: { pool },
}) => {
  await install(pool);
  const compare = (figures: Record<string, number> = { differ: 3, raised: 1, lowered: 2 }, at = now) =>
    recordPreview(pool, { shop, kind: "inventorySet", actor: "7", figures, now: at });
  const setStock = (stock: object, at: Date) =>
    saveSettings(pool, { shop, patch: { stock }, actor: "7", now: at });

  await expect(show(pool, "inventorySet")).rejects.toMatchObject(NOT_SEEN);
  const tooEarly = await compare();
  await expect(turnOn(pool, "inventorySet", tooEarly)).rejects.toMatchObject({ code: "SHOPIFY_STOCK_LEADS" });
  await setStock({ leads: "erp" }, later(1));
  await expect(turnOn(pool, "inventorySet", tooEarly, later(2))).rejects.toMatchObject(NOT_SEEN);
  await expect(
    turnOn(pool, "inventorySet", await compare({ waiting: 0 }, later(2)), later(3)),
  ).rejects.toMatchObject(NOT_SEEN);
  await turnOn(pool, "inventorySet", await compare(undefined, later(2)), later(3));
  expect(await isOn(pool)).toEqual(["inventorySet"]);
  await setStock({ onConflict: "erp" }, later(4));
  expect(await isOn(pool)).toEqual(["inventorySet"]);

  for (const stock of [{ locations: [{ erp: "A", shopify: "9" }] }, { leads: "shopify" }]) {
    await turnOn(pool, "inventorySet", await compare(undefined, later(5)), later(5));
    await setStock(stock, later(6));
    expect(await isOn(pool), JSON.stringify(stock)).toEqual([]);
    await pool.query(`delete from "AuditLog"`);
  }
});
