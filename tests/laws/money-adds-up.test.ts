/** Law 7 over whole orders nobody wrote by hand: every kind of discount, tax, currency, payment, refund, edit and cancellation. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toMinor } from "#app/lib/money.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { buildOrderData } from "#app/erp/processor/build-order-data.ts";
import type { OrderContext } from "#app/erp/processor/order-context.ts";
import type { OrderChargeRow, OrderRows } from "#app/erp/orders/order-rows.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { arbitraryOrder } from "#tests/order-shapes/arbitrary-order.ts";
import { plainNode } from "#tests/order-shapes/plain-node.ts";

const NUM_RUNS = 3_000;

type Told = { rest?: unknown; bulk?: unknown };

const snapshotOf = (told: Told): OrderSnapshot =>
  mergeOrderSlots(
    (["rest", "bulk"] as const).flatMap((shape) =>
      told[shape] === undefined
        ? []
        : [
            {
              ...{ shape, shopifyUpdatedAt: null, triggeredAt: null },
              decoded: decodeOrder(shape, JSON.stringify(told[shape])),
            },
          ],
    ),
    [],
  );

function rowsOf(order: OrderSnapshot): OrderRows {
  const sku = { skuId: "sku", skuCode: null, productId: "p" };
  const context: OrderContext = {
    shop: "one.myshopify.com",
    now: new Date("2026-11-25T00:00:00Z"),
    settings: defaultSettings,
    cutOverAt: null,
    skus: {
      byVariantId: new Map(order.lines.flatMap(({ variantId }) => (variantId ? [[variantId, sku]] : []))),
      bySkuCode: new Map(),
      byMapping: new Map(),
    },
    customers: new Map(),
    stored: new Map(),
    facts: new Map(),
  };
  return buildOrderData(order, context).rows;
}

const isGone = ({ kind }: OrderChargeRow) => /^(refund_|removed_|removal)/.test(kind);
const sides = (rows: OrderRows) =>
  [
    { of: "amount", currency: rows.order.currency, prefix: "" },
    { of: "presentmentAmount", currency: rows.order.presentmentCurrency, prefix: "presentment" },
  ] as const;
const named = (rows: OrderRows, prefix: string, name: string): string => {
  const key = prefix === "" ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const value = (rows.order as unknown as Record<string, unknown>)[key];
  if (typeof value !== "string") throw new TypeError(`${key} is no amount`);
  return value;
};

/** What is wrong, as texts: twelve thousand orders have too many amounts for an assertion each. */
type Faults = string[];
const check = (faults: Faults, what: string, is: number, wanted: number) => {
  if (is !== wanted) faults.push(`${what} is ${String(is)}, not ${String(wanted)}`);
};

/** Everything law 7 says of the rows of one order, in both currencies. */
function checkCharges(rows: OrderRows, faults: Faults): void {
  for (const { of, currency, prefix } of sides(rows)) {
    const minor = (amount: string) => toMinor(amount, currency);
    const sum = (list: readonly OrderChargeRow[]) => list.reduce((total, row) => total + minor(row[of]), 0);
    const counted = rows.charges.filter(({ included }) => !included);
    for (const name of ["moneyDifference", "currentMoneyDifference", "paymentDifference"])
      check(faults, `${prefix} ${name}`, minor(named(rows, prefix, name)), 0);
    const total = sum(counted.filter((row) => !isGone(row)));
    check(faults, `${prefix} total`, total, minor(named(rows, prefix, "totalAmount")));
    check(faults, `${prefix} current total`, sum(counted), minor(named(rows, prefix, "currentTotalAmount")));
  }
  // A line's total is its price less its discounts, and the lines' charges are the lines'.
  const kinds = ["item", "tip", "cod_fee", "line_discount", "order_discount"];
  for (const { shopifyLineId, lineTotal } of rows.lines) {
    let net = 0;
    for (const row of rows.charges)
      if (row.shopifyLineId === shopifyLineId && kinds.includes(row.kind))
        net += toMinor(row.amount, rows.order.currency);
    check(faults, `line ${shopifyLineId}`, net, toMinor(lineTotal, rows.order.currency));
  }
}

/** Payments: what came in less what went back is Shopify's current total less what it says is outstanding. */
function checkPayments(rows: OrderRows, faults: Faults): void {
  for (const { of, currency, prefix } of sides(rows)) {
    const minor = (amount: string) => toMinor(amount, currency);
    let net = 0;
    for (const payment of rows.payments) {
      if (payment.status !== "SUCCESS") continue;
      if (payment.kind === "SALE" || payment.kind === "CAPTURE") net += minor(payment[of]);
      if (payment.kind === "REFUND") net -= minor(payment[of]);
    }
    const current = minor(named(rows, prefix, "currentTotalAmount"));
    check(faults, `${prefix} payments`, net, current - minor(named(rows, prefix, "outstandingAmount")));
  }
}

function checkQuantities(order: OrderSnapshot, rows: OrderRows, faults: Faults): void {
  check(faults, "lines", rows.lines.length, order.lines.length);
  for (const [i, line] of rows.lines.entries()) {
    check(faults, "ordered", line.qty, order.lines[i]?.qty ?? -1);
    const holds =
      line.shippedQty + line.cancelledQty <= line.qty &&
      line.deliveredQty + line.rtoQty <= line.shippedQty &&
      line.returnedQty <= line.deliveredQty &&
      Math.min(line.shippedQty, line.cancelledQty, line.refundedQty, line.packedQty, line.rtoQty) >= 0;
    if (!holds) faults.push(`impossible quantities: ${JSON.stringify(line)}`);
  }
  // What labels collect is never more than what is outstanding, and nothing where nothing may be collected.
  const minor = (amount: string) => toMinor(amount, rows.order.presentmentCurrency);
  const labels = rows.parcels.reduce((sum, { amountToCollect }) => sum + minor(amountToCollect), 0);
  const collect = minor(rows.order.amountToCollect);
  if (labels > collect) faults.push(`labels collect ${String(labels)} of ${String(collect)}`);
  if (collect > Math.max(0, minor(rows.order.presentmentOutstandingAmount)))
    faults.push(`more to collect than is outstanding: ${String(collect)}`);
  if ((rows.order.paymentMethod === "Prepaid" || rows.order.cancelledAt !== null) && collect !== 0)
    faults.push(`nothing may be collected, but ${String(collect)} is`);
}

describe(`law 7, over ${String(NUM_RUNS)} orders`, () => {
  test("charges and payments add up by dump, by webhook and by both, in both currencies, with no difference", () => {
    const seen = { kinds: new Set<string>(), currencies: new Set<string>(), orders: 0 };
    fc.assert(
      fc.property(arbitraryOrder, ({ node, rest }) => {
        const bulk = plainNode(node);
        const faults: Faults = [];
        const [dumped, sent, both] = [{ bulk }, { rest }, { rest, bulk }].map((told) => {
          const order = snapshotOf(told);
          const rows = rowsOf(order);
          checkCharges(rows, faults);
          checkQuantities(order, rows, faults);
          if ("bulk" in told) checkPayments(rows, faults);
          return rows;
        });
        if (!dumped || !sent || !both) throw new Error("three roads");
        for (const key of ["totalAmount", "currentTotalAmount", "presentmentCurrentTotalAmount"] as const)
          if (sent.order[key] !== dumped.order[key] || both.order[key] !== dumped.order[key])
            faults.push(`${key} differs by road`);
        if (faults.length > 0) throw new Error(faults.join(" · "));
        seen.orders++;
        for (const { kind } of both.charges) seen.kinds.add(kind);
        seen.currencies.add(`${both.order.currency} ${both.order.presentmentCurrency}`);
      }),
      { numRuns: NUM_RUNS },
    );
    expect(seen.orders).toBeGreaterThanOrEqual(NUM_RUNS);
    for (const kind of [
      ...["item", "line_discount", "order_discount", "shipping", "shipping_discount", "tax", "duty", "tip"],
      ...["cod_fee", "cash_rounding", "refund_item", "refund_tax", "refund_shipping", "refund_adjustment"],
      ...["removed_item", "refund_duty"],
    ])
      expect(seen.kinds).toContain(kind);
    for (const pair of ["INR INR", "USD USD", "JPY JPY", "KWD KWD", "INR USD", "USD JPY"])
      expect(seen.currencies).toContain(pair);
  }, 400_000);

  test("a paisa too much in one amount is a difference of a paisa, shown in the currency it is in and nowhere else", () => {
    fc.assert(
      fc.property(arbitraryOrder, fc.integer({ min: 1, max: 500 }), fc.boolean(), ({ node }, off, inShop) => {
        const order = snapshotOf({ bulk: plainNode(node) });
        const pair = { shop: inShop ? off : 0, presentment: inShop ? 0 : off };
        const { totals } = order;
        const rows = rowsOf({
          ...order,
          totals: {
            ...totals,
            total: {
              shop: totals.total.shop + pair.shop,
              presentment: totals.total.presentment + pair.presentment,
            },
            currentTotal: {
              shop: totals.currentTotal.shop + pair.shop,
              presentment: totals.currentTotal.presentment + pair.presentment,
            },
          },
        });
        const { currency, presentmentCurrency } = order;
        expect(toMinor(rows.order.moneyDifference, currency)).toBe(pair.shop);
        expect(toMinor(rows.order.presentmentMoneyDifference, presentmentCurrency)).toBe(pair.presentment);
        expect(toMinor(rows.order.currentMoneyDifference, currency)).toBe(0);
        expect(rows.charges).toEqual(rowsOf(order).charges);
      }),
      { numRuns: 500 },
    );
  });
});
