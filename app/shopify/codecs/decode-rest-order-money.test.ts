import { describe, expect, test } from "vitest";
import { aRestLine, decodeRest, set, type Patch } from "#tests/order-shapes/a-rest-order.ts";

describe("money", () => {
  const abroad = (currency: string, total: string): Patch => ({
    presentment_currency: currency,
    total_price_set: set("850.00", total),
  });

  test.each([
    ["JPY", "1500", 1500],
    ["JPY", "1500.00", 1500],
    ["KWD", "3.125", 3125],
    ["USD", "10.2", 1020],
  ])("in the customer's %s: %s", (currency, amount, minor) => {
    expect(decodeRest(abroad(currency, amount)).totals.total).toEqual({ shop: 85000, presentment: minor });
  });

  test("in the shop's own JPY, without sets", () => {
    expect(decodeRest({ currency: "JPY", total_price: "1500", total_tax: "136" }).totals).toMatchObject({
      total: { shop: 1500, presentment: 1500 },
      tax: { shop: 136 },
    });
  });

  test("outstanding is told in the shop's currency only: with two currencies all or nothing is told in both", () => {
    const outstanding = (patch: Patch) =>
      decodeRest({ total_outstanding: "850.00", ...patch }).totals.outstanding;
    expect(outstanding({})).toEqual({ shop: 85000, presentment: 85000 });
    expect(outstanding({ ...abroad("USD", "10.00"), total_outstanding: "400.00" })).toBeUndefined();
    expect(outstanding({ ...abroad("USD", "10.00"), total_outstanding: "0.00" })).toEqual({
      shop: 0,
      presentment: 0,
    });
    const { outstandingInShop, currentTotal } = decodeRest(abroad("USD", "10.00")).totals;
    expect(outstandingInShop).toBeUndefined();
    const all = { ...abroad("USD", "10.00"), total_outstanding: String(currentTotal.shop / 100) };
    expect(outstanding(all)).toEqual(currentTotal);
  });

  test.each([
    ["one currency", {}, { shop: 2000, presentment: 2000 }],
    [
      "two, with the tip's own line",
      {
        ...abroad("USD", "10.00"),
        line_items: [aRestLine({ title: "Tip", tip: {}, price_set: set("20.00", "0.24") })],
      },
      { shop: 2000, presentment: 24 },
    ],
    ["two, and no line to tell", abroad("USD", "10.00"), { shop: 2000, presentment: 0 }],
  ])("a tip in %s", (_what, patch, expected) => {
    expect(decodeRest({ total_tip_received: "20.00", ...patch }).totals.tip).toEqual(expected);
  });

  test("additional fees are one sum", () => {
    expect(decodeRest({ original_total_additional_fees_set: set("49.00") }).fees).toEqual([
      { title: "Additional fees", amount: { shop: 4900, presentment: 4900 } },
    ]);
    expect(decodeRest({ original_total_additional_fees_set: null }).fees).toEqual([]);
  });
});

describe("refunds are what refund transactions gave back", () => {
  const paid = (kind: string, status: string, amount: string) => ({ kind, status, amount, currency: "INR" });

  test.each([
    ["two transactions", [paid("refund", "success", "75.00"), paid("refund", "success", "10.00")], 8500],
    ["a void of a cancelled COD order", [paid("void", "success", "0.00")], 0],
    ["one that failed", [paid("refund", "failure", "75.00"), paid("refund", "pending", "5.00")], 0],
    ["goods without money", [], 0],
  ])("%s", (_what, transactions, minor) => {
    const order = decodeRest({ refunds: [{ id: 5, transactions }] });
    expect([order.refunds[0]?.total, order.totals.refunded]).toEqual(
      Array(2).fill({ shop: minor, presentment: minor }),
    );
  });

  test("in two currencies, or without transactions, the amount is unsaid, not guessed", () => {
    // A dinar has three decimals: read as rupees, its amounts would be refused.
    const abroad = { presentment_currency: "KWD", total_price_set: set("850.00", "3.125") };
    for (const order of [
      decodeRest({ ...abroad, refunds: [{ id: 5, transactions: [paid("refund", "success", "1.125")] }] }),
      decodeRest({ refunds: [{ id: 5 }] }),
    ])
      expect([order.refunds[0]?.total, order.totals.refunded]).toEqual([undefined, undefined]);
  });
});
