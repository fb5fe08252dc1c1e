import { describe, expect, test } from "vitest";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { buildOrderData } from "./build-order-data.ts";
import type { OrderContext } from "./order-context.ts";

const sku = (skuId: string) => ({ skuId, skuCode: null, productId: "p" });
const context = (part: Partial<OrderContext> = {}): OrderContext => ({
  shop: "one.myshopify.com",
  now: new Date("2026-11-22T10:00:00Z"),
  settings: defaultSettings,
  cutOverAt: null,
  skus: {
    byVariantId: new Map([
      ["90", sku("sku-90")],
      ["91", sku("sku-91")],
    ]),
    bySkuCode: new Map(),
    byMapping: new Map(),
  },
  customers: new Map(),
  stored: new Map(),
  facts: new Map(),
  ...part,
});
const build = (sketch: OrderSketch, part: Partial<OrderContext> = {}) => {
  const decoded = decodeOrderNode(anOrder(sketch));
  return buildOrderData(
    mergeOrderSlots([{ shape: "bulk", shopifyUpdatedAt: null, triggeredAt: null, decoded }], []),
    context(part),
  ).rows;
};

const holdsOf = ({ holds }: { holds: string }) =>
  (JSON.parse(holds) as { kind: string; words: string; releasedBy: string }[]).map(
    ({ kind, words, releasedBy }) => {
      expect(releasedBy).not.toBe("");
      return [kind, words];
    },
  );

describe("money", () => {
  test("S4: 3 × 100.00 less 10.00 is exactly 290.00, and the unit price is only informative", () => {
    const { lines, order, charges } = build({
      total: "290.00",
      lines: [{ quantity: 3, price: "100.00", discounts: ["10.00"] }],
    });
    expect(lines[0]).toMatchObject({
      lineTotal: "290.00",
      unitPrice: "96.67",
      discountAmount: "10.00",
      qty: 3,
    });
    expect(charges.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["item", "300.00"],
      ["order_discount", "-10.00"],
    ]);
    expect(order).toMatchObject({ totalAmount: "290.00", moneyDifference: "0.00" });
  });

  test("what the charges leave unexplained is shown, not spread; as a setting it also holds the order", () => {
    const sketch = { total: "290.05", lines: [{ quantity: 3, price: "100.00", discounts: ["10.00"] }] };
    expect(build(sketch).order).toMatchObject({ moneyDifference: "0.05", status: "open" });
    expect(build(sketch).lines[0]).toMatchObject({ lineTotal: "290.00" });
    const settings = { ...defaultSettings, holdOnMoneyDifference: true };
    expect(build(sketch, { settings }).order).toMatchObject({
      status: "on_hold",
    });
    expect(holdsOf(build(sketch, { settings }).order)).toEqual([
      ["money_difference", "The amounts do not add up to Shopify's total"],
    ]);
  });

  test.each([
    ["JPY", "1200.0", "1200"],
    ["KWD", "1.25", "1.250"],
    ["INR", "8600.0", "8600.00"],
  ] as const)("%s keeps its own digits", (currency, amount, kept) => {
    expect(build({ currency, total: amount, lines: [{ price: amount }] }).order).toMatchObject({
      totalAmount: kept,
      moneyDifference: kept.replace(/[1-9]/g, "0").replace(/^0+(?=0\.|0$)/, ""),
    });
  });
});

describe("payment", () => {
  test.each([
    ["S5 Cashfree, paid", ["Cashfree Payments"], "PAID", "0.00", "Prepaid", "0.00", "open"],
    ["S5 manual, paid", ["manual"], "PAID", "0.00", "Prepaid", "0.00", "open"],
    [
      "S5 COD with a fee in its name, paid since",
      ["Cash on Delivery (₹49 fee)"],
      "PAID",
      "0.00",
      "COD",
      "0.00",
      "open",
    ],
    ["COD, unpaid", ["cash_on_delivery"], "PENDING", "1000.00", "COD", "1000.00", "open"],
    [
      "S6 Razorpay 200 and COD 800",
      ["Razorpay", "Cash on Delivery (COD)"],
      "PARTIALLY_PAID",
      "800.00",
      "COD",
      "800.00",
      "open",
    ],
    ["an unknown gateway, unpaid", ["Wallet of Mars"], "PENDING", "1000.00", "Prepaid", "0.00", "on_hold"],
  ] as const)("%s", (_, gateways, financialStatus, outstanding, method, collect, status) => {
    const { order } = build({
      gateways: [...gateways],
      financialStatus,
      outstanding,
      total: "1000.00",
      lines: [{ price: "1000.00" }],
    });
    expect(order).toMatchObject({ paymentMethod: method, amountToCollect: collect, status });
  });

  test("S6: two parcels of a COD order collect exactly the sum", () => {
    const parcel = (id: number, line: string) => ({
      id: `gid://shopify/Fulfillment/${String(id)}`,
      status: "SUCCESS",
      totalQuantity: 1,
      fulfillmentLineItems: [
        {
          id: "gid://shopify/FulfillmentLineItem/1",
          quantity: 1,
          lineItem: { id: `gid://shopify/LineItem/${line}` },
        },
      ],
    });
    const { parcels, parcelLines } = build({
      total: "999.99",
      outstanding: "799.99",
      lines: [
        { id: "11", price: "333.33", unfulfilledQuantity: 0 },
        { id: "12", price: "666.66", unfulfilledQuantity: 0 },
      ],
      fulfillments: [parcel(1, "11"), parcel(2, "12")],
    });
    expect(parcels.map(({ amountToCollect }) => amountToCollect)).toEqual(["266.66", "533.33"]);
    expect(parcelLines.map(({ parcelId, shopifyLineId }) => [parcelId, shopifyLineId])).toEqual([
      ["1", "11"],
      ["2", "12"],
    ]);
  });

  test("nothing is collected for a cancelled order", () => {
    const cancelled = {
      cancelledAt: "2026-11-02T10:00:00Z",
      total: "100.00",
      lines: [{ currentQuantity: 0, unfulfilledQuantity: 0 }],
    };
    expect(build(cancelled).order).toMatchObject({ status: "cancelled", amountToCollect: "0.00" });
  });
});

describe("lines and SKUs", () => {
  test("S3: every missing SKU is named, not only the first", () => {
    const lines = [
      { variantId: "90" },
      { variantId: "77", sku: "A" },
      { variantId: "78", sku: "B" },
      { variantId: "79", sku: null, title: "Scarf" },
    ];
    expect(() => build({ lines })).toThrow("SKU not found: A, B, variant 79 (Scarf)");
  });

  test("a mapping goes before the variant, a unique SKU text comes last", () => {
    const skus = {
      byVariantId: new Map([["90", sku("by-variant")]]),
      byMapping: new Map([["90", sku("by-mapping")]]),
      bySkuCode: new Map([["TEXT", sku("by-text")]]),
    };
    const { lines } = build({ lines: [{ variantId: "90" }, { variantId: "55", sku: "TEXT" }] }, { skus });
    expect(lines.map(({ skuId }) => skuId)).toEqual(["by-mapping", "by-text"]);
  });

  test("a line without a variant is kept with its SKU text and holds an order that is still open", () => {
    const open = build({ lines: [{ variantId: null, sku: "OLD-1", title: "Stitching" }] });
    expect(open.lines[0]).toMatchObject({ skuId: null, skuCode: "OLD-1", title: "Stitching" });
    expect(open.order.status).toBe("on_hold");
    expect(holdsOf(open.order)).toEqual([["no_sku", "No SKU for: Stitching"]]);
    const fulfillments = [{ id: "gid://shopify/Fulfillment/1", status: "SUCCESS", totalQuantity: 1 }];
    const done = build({ lines: [{ variantId: null, unfulfilledQuantity: 0 }], fulfillments });
    expect(done.order).toMatchObject({ status: "shipped", holds: "[]" });
  });
});

describe("S19: orders from before the cut-over are history", () => {
  const cutOverAt = new Date("2026-11-10T00:00:00Z");
  test.each([
    ["2026-11-09T23:59:59Z", true],
    ["2026-11-10T00:00:00Z", false],
  ] as const)("created %s: %s", (createdAt, isHistory) => {
    const { order, lines } = build({ createdAt, lines: [{ variantId: null }] }, { cutOverAt });
    expect(order.isHistory).toBe(isHistory);
    expect(order.status).toBe(isHistory ? "open" : "on_hold");
    expect(lines[0]).toMatchObject({ allocatedQty: 0, lineStatus: "pending" });
  });
});
