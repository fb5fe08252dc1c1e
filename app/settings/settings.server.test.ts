import type { Pool } from "pg";
import { describe, expect } from "vitest";

import { createTestDatabase, databaseTest as test } from "#tests/setup/test-database.ts";

import { defaultSettings } from "./default-settings.ts";
import { loadSettings } from "./load-settings.server.ts";
import { saveSettings } from "./save-settings.server.ts";
import { listSettingsChanges } from "./list-settings-changes.server.ts";
import { settingVersions } from "./setting-versions.server.ts";
import { ShopSettings } from "./settings-schema.ts";

const shop = "kurta-house.myshopify.com";
const other = "other.myshopify.com";
const installedAt = new Date("2026-11-01T00:00:00Z");
const now = new Date("2026-11-22T10:00:00Z");

async function install(pool: Pool, ...shops: string[]) {
  for (const name of shops)
    await pool.query(`insert into "Shop" (shop, "installedAt") values ($1, $2)`, [name, installedAt]);
}
const save = (pool: Pool, patch: unknown, more: { cutOverAt?: Date | null } = {}) =>
  saveSettings(pool, { shop, patch, actor: "asha", now, ...more });
const auditOf = async (pool: Pool) =>
  (
    await pool.query<Record<string, unknown>>(
      `select shop, at, actor, action, details from "AuditLog" order by id`,
    )
  ).rows;

describe("a shop that has chosen nothing", () => {
  test("has the defaults, which are valid and let nothing leave for Shopify", async ({ database }) => {
    await install(database.pool, shop);
    expect(ShopSettings.parse(defaultSettings)).toEqual(defaultSettings);
    expect(await loadSettings(database.pool, { shop })).toEqual({
      ...defaultSettings,
      cutOverAt: installedAt,
    });
    expect(new Set(Object.values(defaultSettings.writeBack))).toEqual(new Set([false]));
  });

  test("and was never installed has no day from which its orders count", async ({ database }) => {
    expect(await loadSettings(database.pool, { shop })).toEqual({ ...defaultSettings, cutOverAt: null });
  });
});

describe("saving", () => {
  test("changes what is named and nothing else, group by group, for this shop only", async ({
    database: { pool },
  }) => {
    await install(pool, shop, other);
    await save(pool, { scheduler: { intervalMinutes: 15 }, roundRupees: "nearest" });
    await save(pool, { scheduler: { lookBackHours: 48 }, codConfirmation: { required: true } });
    expect(await loadSettings(pool, { shop })).toEqual({
      ...defaultSettings,
      roundRupees: "nearest",
      scheduler: { intervalMinutes: 15, lookBackHours: 48 },
      codConfirmation: { ...defaultSettings.codConfirmation, required: true },
      cutOverAt: installedAt,
    });
    expect(await loadSettings(pool, { shop: other })).toEqual({ ...defaultSettings, cutOverAt: installedAt });
  });

  test("replaces a list whole", async ({ database: { pool } }) => {
    await install(pool, shop);
    const rule = { on: "gateway", match: "words", text: "pay later", method: "COD" } as const;
    expect((await save(pool, { paymentRules: [rule] })).paymentRules).toEqual([rule]);
    expect((await save(pool, { paymentRules: [] })).paymentRules).toEqual([]);
  });

  test("leaves out of a text what PostgreSQL cannot keep", async ({ database: { pool } }) => {
    await install(pool, shop);
    await save(pool, {
      stock: { locations: [{ erp: "WH\u0000-1", shopify: "7" }] },
      codConfirmation: { confirmedTags: ["ok\uD800"] },
    });
    expect(await loadSettings(pool, { shop })).toMatchObject({
      stock: { locations: [{ erp: "WH-1", shopify: "7" }] },
      codConfirmation: { confirmedTags: ["ok\uFFFD"] },
    });
  });

  test("writes down who changed what from what", async ({ database: { pool } }) => {
    await install(pool, shop);
    await save(pool, { roundRupees: "up" });
    await save(pool, { roundRupees: "up" });
    expect(await auditOf(pool)).toEqual([
      {
        shop,
        at: now,
        actor: "asha",
        action: "settings.save",
        details: { roundRupees: { from: "no", to: "up" } },
      },
    ]);
  });

  test("sets the cut-over date and takes it back", async ({ database: { pool } }) => {
    await install(pool, shop);
    expect((await save(pool, {}, { cutOverAt: now })).cutOverAt).toEqual(now);
    expect((await save(pool, { roundRupees: "up" })).cutOverAt).toEqual(now);
    expect((await save(pool, {}, { cutOverAt: null })).cutOverAt).toEqual(installedAt);
  });

  test("keeps both of two people's changes made at once", async ({ database: { pool } }) => {
    await install(pool, shop);
    await Promise.all([
      save(pool, { roundRupees: "down" }),
      save(pool, { holdOnMoneyDifference: true }),
      save(pool, { codConfirmation: { required: true } }),
      save(pool, { codConfirmation: { confirmedTags: ["ok"] } }),
    ]);
    expect(await loadSettings(pool, { shop })).toMatchObject({
      roundRupees: "down",
      holdOnMoneyDifference: true,
      codConfirmation: { required: true, confirmedTags: ["ok"] },
    });
    expect(await auditOf(pool)).toHaveLength(4);
  });

  test.each([
    [{ scheduler: { intervalMinutes: 0 } }, "scheduler.intervalMinutes"],
    [{ writeBack: { everything: true } }, "writeBack"],
    [{ roundRupee: "up" }, "roundRupee"],
    [{ paymentRules: [{ on: "gateway", match: "words", text: "₹", method: "COD" }] }, "paymentRules[0].text"],
    [
      { paymentRules: [{ on: "attribute", match: "words", text: "cod", method: "COD" }] },
      "paymentRules[0].name",
    ],
    ["nonsense", "expected object"],
  ])("refuses %j naming the field, and changes nothing", async (patch, field) => {
    const { db, drop } = await createTestDatabase();
    try {
      await install(db.pool, shop);
      await expect(save(db.pool, patch)).rejects.toMatchObject({
        code: "VALIDATION",
        message: expect.stringContaining(field) as string,
      });
      expect(await loadSettings(db.pool, { shop })).toEqual({ ...defaultSettings, cutOverAt: installedAt });
      expect(await auditOf(db.pool)).toEqual([]);
    } finally {
      await drop();
    }
  });

  test("is refused where somebody else saved one of the same settings meanwhile, and nothing is changed", async ({
    database: { pool },
  }) => {
    await install(pool, shop);
    const { roundRupees, paymentRules } = settingVersions(await loadSettings(pool, { shop }));
    await save(pool, { roundRupees: "up", codConfirmation: { required: true } });
    const late = { shop, actor: "ravi", now };
    await expect(
      saveSettings(pool, {
        ...late,
        patch: { roundRupees: "down", holdOnMoneyDifference: true },
        seen: { roundRupees: roundRupees ?? "" },
      }),
    ).rejects.toMatchObject({ code: "SETTINGS_CHANGED" });
    expect(await loadSettings(pool, { shop })).toMatchObject({
      roundRupees: "up",
      holdOnMoneyDifference: false,
    });
    const mine = { patch: { paymentRules: [] }, seen: { paymentRules: paymentRules ?? "" } };
    expect(await saveSettings(pool, { ...late, ...mine })).toMatchObject({
      roundRupees: "up",
      paymentRules: [],
    });
    await expect(saveSettings(pool, { ...late, ...mine })).rejects.toMatchObject({
      code: "SETTINGS_CHANGED",
    });
  });

  test("for a shop that never installed the app is refused", async ({ database: { pool } }) => {
    await expect(save(pool, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("stored settings", () => {
  const store = (pool: Pool, settings: unknown) =>
    pool.query(`update "Shop" set settings = $1::jsonb`, [JSON.stringify(settings)]);

  test("of another version of the app lose only the names this one does not know", async ({
    database: { pool },
  }) => {
    await install(pool, shop);
    await store(pool, { fromTheFuture: 1, roundRupees: "up", scheduler: { jitter: true, lookBackHours: 2 } });
    expect(await loadSettings(pool, { shop })).toMatchObject({
      roundRupees: "up",
      scheduler: { intervalMinutes: 60, lookBackHours: 2 },
    });
  });

  test("that are not valid stop the reader instead of being guessed", async ({ database: { pool } }) => {
    await install(pool, shop);
    await store(pool, { writeBack: { orderCancel: "no" } });
    await expect(loadSettings(pool, { shop })).rejects.toMatchObject({ code: "VALIDATION" });
  });
});

test("the last changes are told newest first, lists by their length, groups by their parts, contacts to nobody", async ({
  database: { pool },
}) => {
  await install(pool, shop, other);
  await save(pool, { paymentRules: [], roundRupees: "up" });
  await save(pool, {
    codConfirmation: { required: true },
    ignoredContacts: { emails: ["calls@example.com"] },
  });
  await saveSettings(pool, { shop: other, patch: { roundRupees: "down" }, actor: "ravi", now });
  await pool.query(
    `insert into "AuditLog" (shop, actor, action, details) values ($1, 'key', 'api.jobs', '{}')`,
    [shop],
  );
  const changes = await listSettingsChanges(pool, { shop });
  expect(changes).toEqual([
    {
      ...{ at: now, actor: "asha" },
      changes: [
        { name: "codConfirmation.required", from: false, to: true },
        { name: "ignoredContacts.emails", from: 0, to: 1 },
      ],
    },
    {
      ...{ at: now, actor: "asha" },
      changes: [
        { name: "paymentRules", from: defaultSettings.paymentRules.length, to: 0 },
        { name: "roundRupees", from: "no", to: "up" },
      ],
    },
  ]);
  expect(await listSettingsChanges(pool, { shop, name: "roundRupees" })).toHaveLength(1);
  expect(await listSettingsChanges(pool, { shop, limit: 1 })).toHaveLength(1);
});
