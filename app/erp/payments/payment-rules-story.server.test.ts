import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { followSettings } from "#app/erp/rules/follow-settings.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { defaultPaymentRules } from "#app/settings/default-payment-rules.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { correctPaymentMethod } from "./correct-payment-method.server.ts";
import { previewPaymentRules } from "./preview-payment-rules.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const run = { shop, limit: Infinity, now };

async function receive(pool: Pool, ...sketches: OrderSketch[]): Promise<void> {
  const payloads = sketches.map((sketch) => ({
    id: sketch.id ?? "",
    shape: "bulk" as const,
    raw: JSON.stringify(anOrder({ total: "100.00", outstanding: "100.00", ...sketch })),
    shopifyUpdatedAt: "2026-11-20T10:00:00Z",
    triggeredAt: null,
  }));
  await ingestPayloads(pool, { shop, kind: "order", source: "dump", payloads, now });
  await processPendingOrders(pool, run);
}

async function methods(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ id: string; method: string; status: string }>(
    `select "shopifyOrderId" as id, "paymentMethod" as method, status from "Order" where shop = $1 order by id`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ id, method, status }) => [id, `${method}, ${status}`]));
}

test("rules tried out, saved and applied end in what the trial said, and touch no other order", async ({
  database: { pool },
}) => {
  await pool.query(`insert into "Shop" (shop, "installedAt") values ($1, '2026-01-01')`, [shop]);
  await receive(
    pool,
    { id: "1", gateways: ["Pay Later"], lines: [{ variantId: null, requiresShipping: false }] },
    { id: "2", gateways: ["Razorpay"], lines: [{ variantId: null, requiresShipping: false }] },
    { id: "3", gateways: ["Cash on Delivery (COD)"], lines: [{ variantId: null, requiresShipping: false }] },
  );
  const before = await methods(pool);
  expect(before).toEqual({ "1": "Prepaid, on_hold", "2": "Prepaid, open", "3": "COD, open" });

  const after = [
    { on: "gateway", match: "words", text: "pay later", method: "COD" } as const,
    ...defaultPaymentRules,
  ];
  const preview = await previewPaymentRules(pool, { shop, rules: after });
  expect(preview).toMatchObject({ orders: 3, changed: 1, becomeCod: 1, becomeReleased: 1 });

  await saveSettings(pool, { shop, patch: { paymentRules: after }, actor: "asha", now });
  expect(await followSettings(pool, { shop, now })).toBe(1);
  expect(await processPendingOrders(pool, run)).toMatchObject({ processed: 1, updated: 1 });
  expect(await methods(pool)).toEqual({ ...before, "1": "COD, open" });
  expect(await previewPaymentRules(pool, { shop, rules: after })).toMatchObject({ changed: 0 });
});

test("a person's correction holds against every rule until it is taken back", async ({
  database: { pool },
}) => {
  await receive(pool, {
    id: "1",
    gateways: ["Cash on Delivery (COD)"],
    lines: [{ variantId: null, requiresShipping: false }],
  });
  const said = { shop, shopifyOrderId: "1", actor: "asha", reason: "Paid by link", now };
  for (const [method, ends] of [
    ["Prepaid", "Prepaid, open"],
    ["COD", "COD, open"],
    ["Prepaid", "Prepaid, open"],
    [null, "COD, open"],
  ] as const) {
    await correctPaymentMethod(pool, { ...said, method });
    await processPendingOrders(pool, run);
    expect(await methods(pool)).toEqual({ "1": ends });
  }
});
