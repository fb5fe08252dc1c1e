import { describe, expect, test } from "vitest";
import { fromMinor, type MoneyPair } from "#app/lib/money.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderTotals, RefundPart } from "#app/shopify/codecs/order-parts.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { refund, rupees } from "#tests/order-shapes/an-order-slot.ts";
import { buildRemovalCharges } from "./build-removal-charges.ts";
import type { Charge } from "./order-charge.ts";

/** Two lines of 100.00 and 49.00 to send them; nothing was taken off yet. */
const placed = mergeOrderSlots(
  [
    {
      ...{ shape: "detail", shopifyUpdatedAt: null, triggeredAt: null },
      decoded: decodeOrderNode(
        anOrder({
          lines: [
            { id: "501" },
            { id: "502" },
            { id: "509", title: "Tip", variantId: null, requiresShipping: false },
          ],
        }),
      ),
    },
  ],
  [],
);
const shippingLine = {
  ...{
    title: "Standard",
    code: null,
    isRemoved: false,
    originalPrice: rupees(60),
    discountedPrice: undefined,
  },
  allocations: [{ amount: rupees(11), title: "SHIP", level: "order" as const }],
};
const TOTALS: OrderTotals = {
  ...placed.totals,
  ...{ total: rupees(259), currentTotal: rupees(259), subtotal: rupees(200), currentSubtotal: rupees(200) },
  ...{ tax: rupees(10), currentTax: rupees(10), shipping: rupees(49), currentShipping: rupees(49) },
};

type Sketch = {
  totals?: Partial<OrderTotals>;
  refunds?: RefundPart[];
  order?: Partial<OrderSnapshot>;
  tip?: boolean;
};

/** The charges as "kind amount", with the line and the title where they have one; and whether everything was explained. */
function removed({ totals = {}, refunds = [], order = {}, tip = false }: Sketch) {
  const charges: Charge[] = [];
  const snapshot = {
    ...placed,
    shippingLines: [shippingLine],
    refunds,
    taxesIncluded: false,
    ...order,
    totals: { ...TOTALS, ...totals },
  };
  const explained = buildRemovalCharges(
    snapshot,
    tip ? snapshot.lines[2] : undefined,
    (kind, amount, more = {}) => {
      if (amount.shop === 0 && amount.presentment === 0) return;
      charges.push({ ...{ kind, lineId: null, title: null, rate: null, included: false }, ...more, amount });
    },
  );
  const told = charges.map(({ kind, amount, lineId, title }) =>
    [kind, fromMinor(amount.shop, "INR"), lineId, title].filter((part) => part !== null).join(" "),
  );
  const counted = charges.filter(({ included }) => !included);
  return { explained, told, charges, sum: counted.reduce((sum, { amount }) => sum + amount.shop, 0) };
}

const goods = (lineId: string, restockType: string, tax = 5): NonNullable<RefundPart["lines"]>[number] => ({
  ...{ lineId, qty: 1, restockType, subtotal: rupees(100), tax: rupees(tax) },
});
const less = (patch: Partial<OrderTotals>) => ({ totals: patch });

describe("nothing was taken off: no charge", () => {
  test.each<[string, Sketch]>([
    ["an order as it was placed", {}],
    [
      "a refund of nothing",
      { refunds: [refund("5", { lines: [], shipping: [], adjustments: [], duties: [] })] },
    ],
    [
      "duties and fees whose current figures no payload tells",
      {
        totals: { duties: rupees(7), currentDuties: undefined, currentFees: undefined },
        order: { fees: [{ title: "Fee", amount: rupees(20) }] },
      },
    ],
    ["the tip stands", { tip: true, totals: { tip: rupees(30) } }],
  ])("%s", (_what, sketch) => {
    expect(removed(sketch)).toMatchObject({ explained: true, told: [] });
  });
});

describe("edits and cancellations: what Shopify's current figures say, each in its kind", () => {
  test.each<[string, Sketch, string[]]>([
    [
      "a line taken off, with its tax",
      less({ currentTotal: rupees(154), currentSubtotal: rupees(100), currentTax: rupees(5) }),
      ["removed_item -100.00", "removed_tax -5.00"],
    ],
    [
      "shipping taken off: what it cost after its discount",
      less({ currentTotal: rupees(210), currentShipping: rupees(0) }),
      ["removed_shipping -49.00"],
    ],
    [
      "duties and fees",
      {
        totals: {
          currentTotal: rupees(232),
          duties: rupees(7),
          currentDuties: rupees(0),
          currentFees: rupees(0),
        },
        order: { fees: [{ title: "COD fee", amount: rupees(20) }] },
      },
      ["removed_duty -7.00", "removed_fee -20.00"],
    ],
    [
      "a fee lowered",
      {
        totals: { currentTotal: rupees(254), currentFees: rupees(15) },
        order: { fees: [{ title: "COD fee", amount: rupees(20) }] },
      },
      ["removed_fee -5.00"],
    ],
    [
      "everything, the tip too",
      {
        ...{ tip: true, order: { lines: placed.lines.map((line) => ({ ...line, currentQty: 0 })) } },
        totals: {
          ...{ total: rupees(289), currentTotal: rupees(0), tip: rupees(30), currentSubtotal: rupees(0) },
          ...{ currentTax: rupees(0), currentShipping: rupees(0) },
        },
      },
      ["removed_item -200.00", "removed_tax -10.00", "removed_shipping -49.00", "removed_tip -30.00 509"],
    ],
    [
      "a line added puts on, at the same total",
      less({ currentSubtotal: rupees(210), currentTax: rupees(0) }),
      ["removed_item 10.00", "removed_tax -10.00"],
    ],
  ])("%s", (_what, sketch, told) => {
    const { total, currentTotal } = { ...TOTALS, ...sketch.totals };
    expect(removed(sketch)).toMatchObject({ explained: true, told, sum: currentTotal.shop - total.shop });
  });
});

describe("refunds, part by part", () => {
  test.each<[string, Sketch, string[]]>([
    [
      "goods that came back, and goods never sent",
      {
        refunds: [refund("5", { lines: [goods("501", "RETURN"), goods("502", "CANCEL")], shipping: [] })],
        totals: { currentTotal: rupees(49), currentSubtotal: rupees(0), currentTax: rupees(0) },
      },
      [
        "refund_item -100.00 501",
        "refund_tax -5.00 501",
        "removed_item -100.00 502",
        "removed_tax -5.00 502",
      ],
    ],
    [
      "two refunds",
      {
        refunds: [
          refund("5", { lines: [goods("501", "NO_RESTOCK")] }),
          refund("6", { lines: [goods("502", "LEGACY_RESTOCK")] }),
        ],
        totals: { currentTotal: rupees(49), currentSubtotal: rupees(0), currentTax: rupees(0) },
      },
      ["refund_item -100.00 501", "refund_tax -5.00 501", "refund_item -100.00 502", "refund_tax -5.00 502"],
    ],
    [
      "shipping with its tax",
      {
        refunds: [refund("5", { lines: [], shipping: [{ subtotal: rupees(49), tax: rupees(2) }] })],
        totals: { currentTotal: rupees(208), currentShipping: rupees(0), currentTax: rupees(8) },
      },
      ["refund_shipping -49.00", "refund_tax -2.00 Shipping"],
    ],
    [
      "shipping whose tax no payload tells: it is what the current tax says beyond the goods",
      {
        refunds: [
          refund("5", {
            lines: [goods("501", "RETURN")],
            shipping: [{ subtotal: rupees(49), tax: undefined }],
          }),
        ],
        totals: {
          currentTotal: rupees(103),
          currentSubtotal: rupees(100),
          currentShipping: rupees(0),
          currentTax: rupees(3),
        },
      },
      ["refund_item -100.00 501", "refund_tax -5.00 501", "refund_shipping -49.00", "removed_tax -2.00"],
    ],
    [
      "money beyond the goods, and goods not paid back in full",
      {
        refunds: [
          refund("5", {
            lines: [],
            adjustments: [{ reason: "REFUND_DISCREPANCY", amount: rupees(-30), tax: rupees(0) }],
          }),
          refund("6", { lines: [], adjustments: [{ reason: null, amount: rupees(10), tax: rupees(0) }] }),
        ],
        totals: { currentTotal: rupees(239), adjustments: rupees(-20) },
      },
      ["refund_adjustment -30.00 REFUND_DISCREPANCY", "refund_adjustment 10.00"],
    ],
    [
      "duties",
      {
        refunds: [refund("5", { lines: [], duties: [rupees(7)] })],
        totals: { currentTotal: rupees(252), duties: rupees(7), currentDuties: rupees(0) },
      },
      ["refund_duty -7.00"],
    ],
    [
      "shipping given back and kept as a difference: nothing is left of it, but it was",
      {
        refunds: [
          refund("5", {
            ...{ lines: [], shipping: [{ subtotal: rupees(49), tax: rupees(0) }] },
            adjustments: [{ reason: "REFUND_DISCREPANCY", amount: rupees(49), tax: rupees(0) }],
          }),
        ],
        totals: { currentShipping: rupees(0), adjustments: rupees(49) },
      },
      ["refund_shipping -49.00", "refund_adjustment 49.00 REFUND_DISCREPANCY"],
    ],
    [
      "the tip",
      {
        ...{
          tip: true,
          order: {
            lines: placed.lines.map((line) => (line.id === "509" ? { ...line, currentQty: 0 } : line)),
          },
        },
        refunds: [refund("5", { lines: [{ ...goods("509", "NO_RESTOCK", 0), subtotal: rupees(30) }] })],
        totals: { total: rupees(289), currentTotal: rupees(259), tip: rupees(30) },
      },
      ["refund_tip -30.00 509"],
    ],
    [
      "one line, and another edited away beside it",
      {
        refunds: [refund("5", { lines: [goods("501", "RETURN")] })],
        totals: { currentTotal: rupees(49), currentSubtotal: rupees(0), currentTax: rupees(0) },
      },
      ["refund_item -100.00 501", "refund_tax -5.00 501", "removed_item -100.00", "removed_tax -5.00"],
    ],
    [
      "told by its sum only: the parts are what the current figures say",
      {
        refunds: [refund("5", { total: rupees(154), duties: [rupees(7)] })],
        totals: {
          ...{
            currentTotal: rupees(98),
            currentSubtotal: rupees(100),
            currentTax: rupees(5),
            currentShipping: rupees(0),
          },
          ...{ duties: rupees(7), currentDuties: rupees(0) },
        },
      },
      ["removed_item -100.00", "removed_tax -5.00", "removed_shipping -49.00", "removed_duty -7.00"],
    ],
  ])("%s", (_what, sketch, told) => {
    const { total, currentTotal } = { ...TOTALS, ...sketch.totals };
    expect(removed(sketch)).toMatchObject({ explained: true, told, sum: currentTotal.shop - total.shop });
  });

  test("tax that is in the prices is shown and never counted again", () => {
    const { charges, sum } = removed({
      refunds: [
        refund("5", {
          lines: [goods("501", "RETURN")],
          shipping: [{ subtotal: rupees(49), tax: rupees(2) }],
        }),
      ],
      order: { taxesIncluded: true },
      totals: {
        currentTotal: rupees(110),
        currentSubtotal: rupees(100),
        currentShipping: rupees(0),
        currentTax: rupees(0),
      },
    });
    const taxes = charges.filter(({ kind }) => kind.endsWith("_tax"));
    expect(taxes.map(({ included, amount }) => [included, amount.shop])).toEqual([
      ...[
        [true, -500],
        [true, -200],
        [true, -300],
      ],
    ]);
    expect(sum).toBe(-14_900);
  });

  test("each currency has its own figures", () => {
    const pair = (shop: number, presentment: number): MoneyPair => ({ shop, presentment });
    const { charges } = removed({
      refunds: [
        refund("5", { lines: [{ ...goods("501", "RETURN"), subtotal: pair(10_000, 121), tax: pair(0, 0) }] }),
      ],
      totals: {
        ...{ total: pair(25_900, 314), currentTotal: pair(5_900, 72), subtotal: pair(20_000, 242) },
        ...{ currentSubtotal: pair(0, 0), shipping: pair(4_900, 60), currentShipping: rupees(49) },
      },
    });
    expect(charges.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["refund_item", pair(-10_000, -121)],
      ["removed_item", pair(-10_000, -121)],
    ]);
  });
});

test.each([[{ shop: 0, presentment: -1 }], [{ shop: -1, presentment: 0 }]])(
  "a step that one currency rounds to nothing is a step: %j",
  (step) => {
    const shipping = rupees(49);
    const less = (pair: MoneyPair) => ({
      shop: pair.shop + step.shop,
      presentment: pair.presentment + step.presentment,
    });
    const totals = { currentTotal: less(TOTALS.total), shipping, currentShipping: less(shipping) };
    expect(removed({ totals }).charges).toMatchObject([{ kind: "removed_shipping", amount: step }]);
  },
);

describe("a payload without the current figures: the step is one charge, and nothing can be checked", () => {
  test.each(["currentSubtotal", "currentTax", "currentShipping"] as const)("%s", (missing) => {
    const totals = { currentTotal: rupees(154), [missing]: undefined };
    const refunds = [refund("5", { lines: [goods("501", "RETURN")] })];
    expect(removed({ totals, refunds })).toMatchObject({ explained: false, told: ["removal -105.00"] });
    expect(removed({ totals: { [missing]: undefined } })).toMatchObject({ explained: false, told: [] });
  });
});
