import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromMinor, toMinor } from "#app/lib/money.ts";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { SENT, awbs, build, codOrder, fact, fulfillment, line, packed } from "#tests/fixtures/a-cod-order.ts";
import type { Json } from "#tests/fixtures/a-fulfillment.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import { handOver, on } from "#tests/fixtures/fact-rows.ts";

describe("who is asked for money at all", () => {
  test.each<[string, OrderSketch, FactRow[], string]>([
    ["cash on delivery: what is outstanding", { outstanding: "800.00" }, [], "800.00"],
    [
      "paid since: nothing, though it stays COD",
      { outstanding: "0.00", financialStatus: "PAID" },
      [],
      "0.00",
    ],
    ["paid too much: nothing", { outstanding: "-50.00" }, [], "0.00"],
    ["prepaid: nothing, whatever is outstanding", { gateways: ["Razorpay"] }, [], "0.00"],
    ["cancelled: nothing", { cancelledAt: on(9) }, [], "0.00"],
    ["a person says prepaid", {}, [fact("payment_method", { details: { method: "Prepaid" } })], "0.00"],
    [
      "a person says COD",
      { gateways: ["Razorpay"] },
      [fact("payment_method", { details: { method: "COD" } })],
      "1000.00",
    ],
  ])("%s", (_what, sketch, facts, collect) => {
    expect(build(codOrder(sketch), facts).collect).toBe(collect);
  });
});

describe("each label says its share, by the worth of the goods", () => {
  test.each<[string, OrderSketch, FactRow[], Json, string]>([
    [
      "two parcels",
      { lines: SENT, fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })] },
      [],
      { 71: "500.00", 72: "500.00" },
      "1000.00",
    ],
    [
      "one on its way, the rest to be sent",
      { fulfillments: [fulfillment("71", { 501: 1 })] },
      [],
      { 71: "500.00" },
      "1000.00",
    ],
    [
      "worth is after discounts",
      {
        ...{
          total: "600.00",
          lines: [line("501", { price: "600.00", discounts: ["300.00"] }), line("502", { price: "300.00" })],
        },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
      },
      [],
      { 71: "300.00", 72: "300.00" },
      "600.00",
    ],
    [
      "what the labels cannot share evenly goes to the paisa to one of them",
      {
        ...{ total: "100.00", lines: ["501", "502", "503"].map((id) => line(id, { price: "1.00" })) },
        fulfillments: [
          fulfillment("71", { 501: 1 }),
          fulfillment("72", { 502: 1 }),
          fulfillment("73", { 503: 1 }),
        ],
      },
      [],
      { 71: "33.33", 72: "33.34", 73: "33.33" },
      "100.00",
    ],
    [
      "only shipping to pay: the parcels share it",
      {
        ...{ total: "49.00", lines: [line("501", { price: "0.00" }), line("502", { price: "0.00" })] },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
      },
      [],
      { 71: "24.50", 72: "24.50" },
      "49.00",
    ],
    [
      "only shipping to pay and nothing sent",
      { total: "49.00", lines: [line("501", { price: "0.00" })] },
      [],
      {},
      "49.00",
    ],
    [
      "parcels whose goods nobody told yet share evenly what the others leave",
      { lines: SENT, fulfillments: [fulfillment("71", null), fulfillment("72", null)] },
      [],
      { 71: "500.00", 72: "500.00" },
      "1000.00",
    ],
    [
      "beside one whose goods are known",
      {
        ...{
          total: "2000.00",
          lines: ["501", "502", "503"].map((id) => line(id, { unfulfilledQuantity: 0 })),
        },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", null), fulfillment("73", null)],
      },
      [],
      { 71: "666.67", 72: "666.66", 73: "666.67" },
      "2000.00",
    ],
    [
      "a unit taken off before sending has no share",
      {
        ...{ total: "1000.00", currentTotal: "500.00", outstanding: "500.00" },
        lines: [
          line("501", { unfulfilledQuantity: 0 }),
          line("502", { currentQuantity: 0, unfulfilledQuantity: 0 }),
        ],
        fulfillments: [fulfillment("71", { 501: 1 })],
      },
      [],
      { 71: "500.00" },
      "500.00",
    ],
    [
      "one fulfilment in two boxes: by what each holds",
      {
        lines: [
          line("501", { price: "300.00", unfulfilledQuantity: 0 }),
          line("502", { price: "700.00", unfulfilledQuantity: 0 }),
        ],
        fulfillments: [fulfillment("71", { 501: 1, 502: 1 }, awbs("A1", "A2"))],
      },
      [...handOver("P1", { 501: 1 }, "A1"), ...handOver("P2", { 502: 1 }, "A2")],
      { P1: "300.00", P2: "700.00" },
      "1000.00",
    ],
  ])("%s", (_what, sketch, facts, labels, collect) => {
    expect(build(codOrder(sketch), facts)).toMatchObject({ labels, collect });
  });

  test("whatever is sent, packed or waiting: the shares add up to exactly what is outstanding", () => {
    const qty = fc.integer({ min: 1, max: 5 });
    const price = fc.integer({ min: 0, max: 99_999 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(qty, price, fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 500_000 }),
        (drawn, outstanding) => {
          const lines = drawn.map(([quantity, minor, out], i) => ({
            ...line(String(501 + i), { price: fromMinor(minor, "INR"), quantity }),
            unfulfilledQuantity: quantity - Math.min(out, quantity),
          }));
          const facts = drawn.flatMap(([quantity, , out, inBox], i) => {
            const id = String(501 + i);
            return [
              ...(out > 0 ? handOver(`P${String(i)}`, { [id]: Math.min(out, quantity) }) : []),
              ...packed({ [id]: inBox }),
            ];
          });
          const { collect, labels } = build(
            codOrder({ lines, outstanding: fromMinor(outstanding, "INR") }),
            facts,
          );
          const sum = Object.values(labels).reduce((minor, label) => minor + toMinor(label, "INR"), 0);
          const allSent = lines.every(({ unfulfilledQuantity }) => unfulfilledQuantity === 0);
          return (
            toMinor(collect, "INR") === outstanding && (allSent ? sum === outstanding : sum <= outstanding)
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a later parcel never changes what an earlier label says", () => {
    const lines = [
      line("501", { price: "333.33" }),
      line("502", { price: "333.33" }),
      line("503", { price: "333.34" }),
    ];
    const one = handOver("P1", { 501: 1 }, null, 2);
    const two = [...one, ...handOver("P2", { 502: 1 }, null, 3)];
    const three = [...two, ...handOver("P0", { 503: 1 }, null, 4)];
    const order = codOrder({ lines, outstanding: "777.77" });
    const [first, second, third] = [one, two, three].map((facts) => build(order, facts).labels);
    expect(second).toMatchObject(first ?? {});
    expect(third).toMatchObject(second ?? {});
  });
});

describe("whole rupees, as a setting", () => {
  const order = (currency: string) =>
    codOrder({
      ...{
        currency,
        total: "100.50",
        lines: [line("501", { price: "33.50" }), line("502", { price: "67.00" })],
      },
      fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
    });
  test.each([
    ["INR", "no", { 71: "33.50", 72: "67.00" }, "100.50"],
    ["INR", "nearest", { 71: "34.00", 72: "67.00" }, "101.00"],
    ["INR", "up", { 71: "34.00", 72: "67.00" }, "101.00"],
    ["INR", "down", { 71: "33.00", 72: "67.00" }, "100.00"],
    ["USD", "nearest", { 71: "33.50", 72: "67.00" }, "100.50"],
  ] as const)("%s, %s", (currency, roundRupees, labels, collect) => {
    expect(build(order(currency), [], { roundRupees })).toMatchObject({ labels, collect });
  });
});
