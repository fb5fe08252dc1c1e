import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { defaultPaymentRules } from "#app/settings/default-payment-rules.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { correctPaymentMethod } from "./correct-payment-method.server.ts";
import { findPaymentChanges } from "./find-payment-changes.server.ts";
import { listUnknownGateways } from "./list-unknown-gateways.server.ts";
import { previewPaymentRules } from "./preview-payment-rules.server.ts";
import { wakeOrdersAfterRules } from "./wake-orders-after-rules.server.ts";

const shop = "kurta-house.myshopify.com";
const other = "other.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

/** A processed order as its rows say it; a test says only what it is about. */
type Sketch = {
  shop?: string;
  id: string;
  gateways?: string[];
  unknown?: string[];
  method?: "COD" | "Prepaid";
  financialStatus?: string | null;
  outstanding?: string;
  tags?: string[];
  attributes?: { name: string; value: string | null }[];
  status?: string;
  test?: boolean;
  isHistory?: boolean;
  orderDate?: string;
  /** Whether its payment held it when it was computed; by default as an order with unknown names and money open is. */
  held?: boolean;
  /** False: its cache entry is pending. */
  processed?: boolean;
};

async function store(pool: Pool, ...sketches: Sketch[]): Promise<void> {
  for (const sketch of sketches) {
    const { id, gateways = [], unknown = [], outstanding = "100.00" } = sketch;
    const owner = sketch.shop ?? shop;
    await pool.query(
      `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "processedAt")
       values ($1, $2, '{}', 'rest', '', 'webhook', $3)`,
      [owner, id, sketch.processed === false ? null : now],
    );
    const isOpen = sketch.financialStatus !== "PAID" && sketch.test !== true && sketch.isHistory !== true;
    const held = sketch.held ?? (unknown.length > 0 && isOpen);
    const order = {
      shop: owner,
      holds: JSON.stringify(held ? [{ kind: "unknown_gateway" }] : []),
      shopifyOrderId: id,
      orderNumber: `#${id}`,
      status: sketch.status ?? "open",
      test: sketch.test ?? false,
      isHistory: sketch.isHistory ?? false,
      currency: "INR",
      presentmentCurrency: "INR",
      outstandingAmount: outstanding,
      taxesIncluded: true,
      paymentMethod: sketch.method ?? "Prepaid",
      financialStatus: sketch.financialStatus === undefined ? "PENDING" : sketch.financialStatus,
      gateways,
      unknownGateways: unknown,
      tags: sketch.tags ?? [],
      attributes: JSON.stringify(sketch.attributes ?? []),
      orderDate: sketch.orderDate ?? "2026-11-20T10:00:00Z",
      shopifyCreatedAt: "2026-11-20T10:00:00Z",
      outputHash: "",
      ...Object.fromEntries(
        `currentTotal subtotal discount tax shipping tip duties received refunded presentmentCurrentTotal presentmentOutstanding`
          .split(/\s+/)
          .map((amount) => [`${amount}Amount`, "0"]),
      ),
      totalAmount: "100.00",
      presentmentTotalAmount: "100.00",
      moneyDifference: "0",
      presentmentMoneyDifference: "0",
      amountToCollect: "0",
    };
    const columns = Object.keys(order);
    await pool.query(
      `insert into "Order" (${columns.map((column) => `"${column}"`).join(", ")})
       values (${columns.map((_, index) => `$${String(index + 1)}`).join(", ")})`,
      Object.values(order),
    );
  }
}

const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
const pending = async (pool: Pool) =>
  (await rows(pool, `select id from "ShopifyOrderCache" where "processedAt" is null order by shop, id`)).map(
    ({ id }) => id,
  );
const word = (
  text: string,
  method: PaymentRule["method"],
  on: PaymentRule["on"] = "gateway",
): PaymentRule => ({
  on,
  match: "words",
  text,
  method,
});

describe("gateway names no rule knows", () => {
  test("are listed with what hangs on them, most orders first, for one shop", async ({
    database: { pool },
  }) => {
    await store(
      pool,
      { id: "1", unknown: ["Mystery", "manual"], status: "on_hold", orderDate: "2026-11-01T00:00:00Z" },
      { id: "2", unknown: ["manual"], status: "delivered", orderDate: "2026-11-03T00:00:00Z" },
      { id: "3", unknown: ["manual"], status: "partially_shipped", orderDate: "2026-11-02T00:00:00Z" },
      { id: "4", unknown: ["manual", "Bog"], test: true, orderDate: "2026-11-09T00:00:00Z" },
      { id: "5", unknown: [] },
      { shop: other, id: "6", unknown: ["Mystery"] },
      { shop: other, id: "7", unknown: ["Mystery"] },
    );
    expect(await listUnknownGateways(pool, { shop })).toEqual([
      {
        name: "manual",
        orders: 3,
        openOrders: 2,
        lastSeenAt: new Date("2026-11-03T00:00:00Z"),
        exampleOrderId: "2",
        exampleOrderNumber: "#2",
      },
      {
        name: "Mystery",
        orders: 1,
        openOrders: 1,
        lastSeenAt: new Date("2026-11-01T00:00:00Z"),
        exampleOrderId: "1",
        exampleOrderNumber: "#1",
      },
    ]);
    expect(await listUnknownGateways(pool, { shop, limit: 1 })).toHaveLength(1);
    expect(await listUnknownGateways(pool, { shop: "nobody.myshopify.com" })).toEqual([]);
  });
});

describe("rules that are tried out", () => {
  const orders: Sketch[] = [
    { id: "1", gateways: ["Pay Later"], unknown: ["Pay Later"] },
    {
      id: "2",
      gateways: ["Pay Later"],
      unknown: ["Pay Later"],
      financialStatus: "PAID",
      outstanding: "0.00",
    },
    { id: "3", gateways: ["Cash on Delivery (COD)"], method: "COD" },
    { id: "4", gateways: ["Razorpay"] },
    { id: "5", gateways: ["manual"], unknown: ["manual"], tags: ["wholesale"] },
    { id: "6", gateways: ["Razorpay"], attributes: [{ name: "Payment mode", value: "Partial COD" }] },
    { id: "7", gateways: ["Pay Later"], unknown: ["Pay Later"], test: true },
    { id: "8", gateways: ["Pay Later"], unknown: ["Pay Later"], processed: false },
    { shop: other, id: "9", gateways: ["Pay Later"], unknown: ["Pay Later"] },
  ];
  const payLaterIsCod = [word("pay later", "COD"), ...defaultPaymentRules];

  test("say which orders would change, from what to what, and write nothing", async ({
    database: { pool },
  }) => {
    await store(pool, ...orders);
    const change = (id: string, hold: boolean) => ({
      shopifyOrderId: id,
      orderNumber: `#${id}`,
      from: { paymentMethod: "Prepaid", unknownGateways: ["Pay Later"], hold },
      to: { paymentMethod: "COD", unknownGateways: [], hold: false },
    });
    expect(await previewPaymentRules(pool, { shop, rules: payLaterIsCod })).toEqual({
      orders: 6,
      changed: 2,
      becomeCod: 2,
      becomePrepaid: 0,
      becomeHeld: 0,
      becomeReleased: 1,
      examples: [change("1", true), change("2", false)],
    });
    expect(await pending(pool)).toEqual(["8"]);
  });

  test.for([
    ["taking COD away", [word("cash on delivery cod", "Prepaid"), ...defaultPaymentRules], ["3"]],
    [
      "a tag that vouches for an unknown name",
      [...defaultPaymentRules, word("wholesale", "Prepaid", "tag")],
      ["5"],
    ],
    [
      "an attribute",
      [...defaultPaymentRules, { ...word("partial cod", "COD", "attribute"), name: "payment_mode" }],
      ["6"],
    ],
    ["the same as before", defaultPaymentRules, []],
    ["no rules at all", [], ["3", "4", "6"]],
  ] satisfies [string, PaymentRule[], string[]][])(
    "judge by %s",
    async ([, rules, changed], { database: { pool } }) => {
      await store(pool, ...orders);
      const { examples } = await previewPaymentRules(pool, { shop, rules });
      expect(examples.map(({ shopifyOrderId }) => shopifyOrderId)).toEqual(changed);
    },
  );

  test("leave an order alone of which a person has said what it is", async ({ database: { pool } }) => {
    await store(pool, ...orders.slice(0, 2));
    for (const method of ["COD", "Prepaid"] as const)
      await correctPaymentMethod(pool, { shop, shopifyOrderId: "1", method, actor: "asha", reason: "", now });
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = $1`, [now]);
    const { examples } = await previewPaymentRules(pool, { shop, rules: payLaterIsCod });
    // Its name is no longer unknown, but it stays what the person said.
    expect(examples.map(({ shopifyOrderId, to }) => [shopifyOrderId, to.paymentMethod])).toEqual([
      ["1", "Prepaid"],
      ["2", "COD"],
    ]);
    await correctPaymentMethod(pool, {
      shop,
      shopifyOrderId: "1",
      method: null,
      actor: "asha",
      reason: "",
      now,
    });
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = $1`, [now]);
    expect(await previewPaymentRules(pool, { shop, rules: payLaterIsCod })).toMatchObject({ becomeCod: 2 });
  });

  test("hold and release no order that is history", async ({ database: { pool } }) => {
    const manual = { gateways: ["manual"], unknown: ["manual"], tags: ["wholesale"] };
    await store(pool, { id: "1", ...manual, isHistory: true }, { id: "2", ...manual });
    const rules = [...defaultPaymentRules, word("wholesale", "Prepaid", "tag")];
    expect(await previewPaymentRules(pool, { shop, rules })).toMatchObject({
      orders: 2,
      changed: 1,
      becomeReleased: 1,
      examples: [{ shopifyOrderId: "2" }],
    });
  });

  test("are compared with what the orders were computed by", async ({ database: { pool } }) => {
    const tagged = [...defaultPaymentRules, word("wholesale", "Prepaid", "tag")];
    await store(pool, ...orders.map((order) => (order.id === "5" ? { ...order, held: false } : order)));
    expect(await previewPaymentRules(pool, { shop, rules: tagged })).toMatchObject({ changed: 0 });
    expect(await previewPaymentRules(pool, { shop, rules: defaultPaymentRules })).toMatchObject({
      changed: 1,
      becomeHeld: 1,
    });
  });
  test("go through any number of orders a page at a time, each order once", async ({
    database: { pool },
  }) => {
    const ids = Array.from({ length: 25 }, (_, index) => String(1000 + index));
    await store(pool, ...ids.map((id) => ({ id, gateways: ["Pay Later"], unknown: ["Pay Later"] })));
    const pages: string[][] = [];
    for await (const { counted, changes } of findPaymentChanges(pool, {
      shop,
      rules: payLaterIsCod,
      pageSize: 10,
    })) {
      expect(counted).toBe(changes.length);
      pages.push(changes.map(({ shopifyOrderId }) => shopifyOrderId));
    }
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(ids);
    expect(
      (await previewPaymentRules(pool, { shop, rules: payLaterIsCod, examples: 3 })).examples,
    ).toHaveLength(3);
  });

  test("wake exactly the orders they judge otherwise, once saved", async ({ database: { pool } }) => {
    await store(pool, ...orders);
    const rules = { shop, rules: payLaterIsCod, pageSize: 3 };
    expect(await wakeOrdersAfterRules(pool, rules)).toBe(3);
    expect(await pending(pool)).toEqual(["1", "2", "7", "8"]);
    // Again, before anything was computed: nothing is left to wake.
    expect(await wakeOrdersAfterRules(pool, rules)).toBe(0);
    // Computed, the rows say what the rules say.
    await pool.query(
      `update "Order" set "paymentMethod" = 'COD', "unknownGateways" = '{}', holds = '[]' where 'Pay Later' = any(gateways)`,
    );
    await pool.query(`update "ShopifyOrderCache" set "processedAt" = $1`, [now]);
    expect(await wakeOrdersAfterRules(pool, rules)).toBe(0);
  });

  test("wake an order that a worker computes by the old rules just now", async ({ database: { pool } }) => {
    await store(pool, { id: "8", gateways: ["Pay Later"], unknown: ["Pay Later"], processed: false });
    const { waking } = await inTransaction(pool, async (worker) => {
      await worker.query(`select 1 from "ShopifyOrderCache" for update`);
      const woken = wakeOrdersAfterRules(pool, { shop, rules: payLaterIsCod });
      await worker.query(`select pg_sleep(0.1)`);
      await worker.query(`update "ShopifyOrderCache" set "processedAt" = $1`, [now]);
      return { waking: woken };
    });
    expect(await waking).toBe(1);
    expect(await pending(pool)).toEqual(["8"]);
  });
});
