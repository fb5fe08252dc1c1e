/** A label that left with its box says what it says: what becomes of the rest of the order is the rest's. */
import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import { build, codOrder, fact, line, packed } from "#tests/fixtures/a-cod-order.ts";
import type { Json } from "#tests/fixtures/a-fulfillment.ts";
import type { LineSketch, OrderSketch } from "#tests/fixtures/an-order.ts";
import { handOver, on, type Units } from "#tests/fixtures/fact-rows.ts";

/** A parcel that left with a label. */
const left = (id: string, units: Units, amountToCollect: string, day = 2): FactRow[] =>
  handOver(id, units, null, day).map((row) => ({ ...row, details: { amountToCollect } }));

/** One of 501 and two of 502, of 500.00 each, and 60.00 to send them: 520.00 for each. */
const order = (outstanding = "1560.00", more: OrderSketch = {}, second: LineSketch = {}) =>
  codOrder({
    lines: [line("501"), line("502", { quantity: 2, ...second })],
    ...{ total: "1560.00", outstanding, ...more },
  });
const first = left("P1", { 501: 1 }, "520.00");
const both = [...first, ...left("P2", { 502: 2 }, "1040.00", 3)];
const receipt = (parcelId: string | null, amount: string): FactRow =>
  fact("receipt", { parcelId, details: { receiptId: `of ${String(parcelId)}`, amount } });

describe("P1 is on the road with a label of 520.00", () => {
  test.each<[string, ReturnType<typeof order>, FactRow[], string]>([
    ["nothing else happens", order(), [], "1560.00"],
    [
      "one of the others is cancelled in the ERP",
      order(),
      [fact("cancelled", { lineId: "502", qty: 1 })],
      "1060.00",
    ],
    ["… and Shopify knows", order("1060.00", {}, { currentQuantity: 1 }), [], "1060.00"],
    [
      "all of the others are cancelled, and what it costs to send them nobody else can ask for",
      order("560.00", {}, { currentQuantity: 0, unfulfilledQuantity: 0 }),
      [],
      "560.00",
    ],
    ["the customer pays a part meanwhile", order("1260.00"), [], "1260.00"],
    ["… that Shopify is not told of", order(), [receipt(null, "300.00")], "1260.00"],
    ["it is paid out", order(), [receipt("P1", "520.00")], "1040.00"],
    [
      "… and the others are one less since",
      order("1060.00", {}, { currentQuantity: 1 }),
      [receipt("P1", "520.00")],
      "540.00",
    ],
  ])("%s", (_, of, facts, collect) => {
    const isPaid = facts.some(({ parcelId }) => parcelId === "P1");
    const isAlone = collect === "560.00";
    expect(build(of, [...first, ...facts])).toMatchObject({
      labels: { P1: isPaid ? "0.00" : isAlone ? "560.00" : "520.00" },
      collect,
    });
  });

  test("units added since are on the label of what is still here", () => {
    const of = order("2060.00", { total: "2060.00" }, { quantity: 3 });
    const built = build(of, [...first, ...packed({ 502: 3 })]);
    expect(built).toMatchObject({ labels: { P1: "520.00" }, collect: "2060.00" });
  });

  test("where it comes back it asks for nothing, and its share is nobody else's", () => {
    const back = fact("rto_initiated", { parcelId: "P1" });
    const built = build(order(), [...both, back]);
    expect(built).toMatchObject({ labels: { P1: "0.00", P2: "1040.00" }, collect: "1040.00" });
  });

  test("another that comes back, and is refunded, leaves it as it is", () => {
    const back = [receipt("P1", "520.00"), fact("rto_received", { parcelId: "P2", at: on(5) })];
    const of = order("560.00", {}, { currentQuantity: 0, unfulfilledQuantity: 0 });
    expect(build(of, [...both, ...back])).toMatchObject({ labels: { P1: "0.00", P2: "0.00" } });
  });
});

describe("all of it is on the road", () => {
  test.each<[string, string, Json]>([
    ["all is still owed", "1560.00", { P1: "520.00", P2: "1040.00" }],
    ["a part was paid since: each asks for its part of the rest", "780.00", { P1: "260.00", P2: "520.00" }],
    ["all was paid since", "0.00", { P1: "0.00", P2: "0.00" }],
    ["more is owed since, which nobody else can ask for", "1563.00", { P1: "521.00", P2: "1042.00" }],
  ])("%s", (_, outstanding, labels) => {
    expect(build(order(outstanding), both)).toMatchObject({ labels, collect: outstanding });
  });

  test("goods sent again have a label of their own, and the sum is what is owed", () => {
    const again = [
      fact("rto_received", { parcelId: "P2", at: on(5) }),
      ...left("P3", { 502: 2 }, "1040.00", 6),
    ];
    expect(build(order(), [...both, ...again])).toMatchObject({
      labels: { P1: "520.00", P2: "0.00", P3: "1040.00" },
      collect: "1560.00",
    });
  });
});

test.each<[ShopSettings["roundRupees"], string]>([
  ["no", "1040.25"],
  ["up", "1041.00"],
  ["down", "1040.00"],
])("whole rupees (%s) beside a label of 519.50 printed before", (roundRupees, rest) => {
  const of = order("1559.75");
  const built = build(of, [...left("P1", { 501: 1 }, "519.50"), ...packed({ 502: 2 })], { roundRupees });
  expect(built).toMatchObject({ labels: { P1: "519.50" } });
  expect(Number(built.collect)).toBeCloseTo(519.5 + Number(rest), 2);
});
