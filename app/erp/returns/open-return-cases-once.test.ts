import { describe, expect, test } from "vitest";
import { handOver, on } from "#tests/fixtures/fact-rows.ts";
import {
  aRefund,
  aReturn,
  arrived,
  casesOf,
  closed,
  fact,
  failed,
  gone,
  line,
  noted,
  opened,
  parcel,
  received,
  sent,
  takenBack,
  there,
  told,
  type Sketch,
} from "#tests/fixtures/return-cases.ts";

describe("the same goods stand in one case only", () => {
  test.each<[string, Sketch, string[]]>([
    [
      "a return of Shopify's and one of the ERP's",
      { ...there, returns: [aReturn("31", { 501: 1 })], facts: [opened("R1", { 501: 1 })] },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "of different units: two",
      { ...there, returns: [aReturn("31", { 501: 1 })], facts: [opened("R1", { 501: 2 })] },
      ["return-31 initiated: 1 × 501", "R1 initiated: 1 × 501"],
    ],
    [
      "an RTO and a return of Shopify's",
      { fulfillments: [parcel("71", { 501: 2 }, failed)], returns: [aReturn("31", { 501: 2 })] },
      ["rto-71 initiated: 2 × 501"],
    ],
    [
      "a return of Shopify's, then the order cancelled",
      { ...there, cancelledAt: on(7), lines: [gone("501")], returns: [aReturn("31", { 501: 1 })] },
      ["return-31 initiated: 1 × 501", "parcel-71 initiated: 1 × 501"],
    ],
    [
      "a return of the ERP's, then units taken off",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: [...handOver("P1", { 501: 2 }), noted("delivered", "P1"), opened("R1", { 501: 1 })],
      },
      ["R1 initiated: 1 × 501"],
    ],
    [
      "units taken off, refunded into stock",
      {
        lines: [line("501", { currentQuantity: 1 })],
        facts: handOver("P1", { 501: 2 }),
        refunds: [aRefund("91", "RETURN", { 501: 1 })],
      },
      ["rto-P1 initiated: 1 × 501"],
    ],
  ])("%s", (_what, sketch, cases) => {
    expect(told(sketch)).toEqual(cases);
  });

  test("two of the ERP's beside one of Shopify's: each unit once", () => {
    const four = { lines: [line("501", { quantity: 4 })], fulfillments: [parcel("71", { 501: 4 }, arrived)] };
    const facts = [opened("R1", { 501: 2 }), opened("R2", { 501: 1 })];
    expect(told({ ...four, returns: [aReturn("31", { 501: 1 })], facts })).toEqual([
      ...["return-31 initiated: 1 × 501", "R1 initiated: 1 × 501", "R2 initiated: 1 × 501"],
    ]);
  });

  test("one id is one case", () => {
    const facts = [opened("return-31", { 501: 2 })];
    expect(told({ ...there, returns: [aReturn("31", { 501: 1 })], facts })).toEqual([
      "return-31 initiated: 1 × 501",
    ]);
  });

  test("a unit taken off is in one of the two parcels it may be in", () => {
    const facts = [...handOver("P1", { 501: 1 }), ...handOver("P2", { 501: 1 })];
    expect(told({ lines: [line("501", { currentQuantity: 1 })], facts })).toEqual([
      "rto-P1 initiated: 1 × 501",
    ]);
  });

  test("goods that came back, were sent again, arrived, and were refunded", () => {
    const facts = [
      ...handOver("P1", { 501: 2 }),
      noted("rto_received", "P1"),
      ...handOver("P2", { 501: 2 }),
      noted("delivered", "P2"),
    ];
    expect(told({ lines: [gone("501")], facts, refunds: [aRefund("91", "RETURN", { 501: 2 })] })).toEqual([
      ...["rto-P1 received: 2 × 501", "refund-91 initiated: 2 × 501"],
    ]);
  });

  test("goods sent twice may come back twice", () => {
    const fulfillments = [parcel("71", { 501: 2 }, takenBack), parcel("72", { 501: 2 }, failed)];
    expect(told({ fulfillments })).toEqual(["rto-71 initiated: 2 × 501", "rto-72 initiated: 2 × 501"]);
  });
});

describe("what the ERP booked on a case stays with it", () => {
  const booked = (id: string) => [received(id, "501", 2), closed(id, "restocked")];
  const back = {
    ...{ state: "restocked", receivedAt: on(8), closedAt: on(9) },
    lines: [{ lineId: "501", qty: 2, receivedQty: 2 }],
  };

  test.each<[string, Sketch, string]>([
    [
      "a parcel of Shopify's that turns out to be the ERP's",
      {
        ...sent,
        cancelledAt: on(6),
        lines: [gone("501")],
        facts: [...booked("rto-71"), ...handOver("P1", { 501: 2 }, "a-71")],
      },
      "rto-P1",
    ],
    [
      "one of the ERP's, booked under its fulfilment before it was tied",
      {
        ...{ ...sent, cancelledAt: on(6), lines: [gone("501")] },
        facts: [
          ...booked("rto-71"),
          ...handOver("P1", { 501: 2 }),
          fact("parcel_linked", { parcelId: "P1", details: { fulfillmentId: "71" } }),
        ],
      },
      "rto-P1",
    ],
    [
      "the same after delivery",
      {
        ...there,
        cancelledAt: on(6),
        lines: [gone("501")],
        facts: [...booked("parcel-71"), ...handOver("P1", { 501: 2 }, "A71")],
      },
      "parcel-P1",
    ],
  ])("also when its id changes: %s", (_what, sketch, id) => {
    expect(casesOf(sketch).cases).toMatchObject([{ id, ...back }]);
  });

  test.each<[string, string, string, Sketch]>([
    [
      "the return is canceled in Shopify",
      "return-31",
      "return",
      { ...there, returns: [aReturn("31", { 501: 2 }, { status: "CANCELED" })] },
    ],
    ["the return is gone", "return-31", "return", there],
    ["the parcel was delivered after all", "rto-71", "rto", there],
    ["the refund is tied to a return now", "refund-91", "return", there],
    ["nothing was ever sent", "rto-71", "rto", { lines: [line("501", { unfulfilledQuantity: 2 })] }],
  ])("also when nothing opens it any more: %s", (_what, id, kind, sketch) => {
    const { cases } = casesOf({ ...sketch, facts: booked(id) });
    expect(cases).toMatchObject([{ id, kind, openedBy: "erp", ...back }]);
  });

  test("it is there once, whether opened or not", () => {
    const facts = [opened("R1", { 501: 1 }), received("R1", "501", 1)];
    expect(told({ ...there, facts })).toEqual(["R1 received: 1 × 501"]);
  });

  test("units booked under both names are added up", () => {
    const facts = [
      ...handOver("P1", { 501: 2 }, "A71"),
      noted("rto_initiated", "P1"),
      received("rto-71", "501", 1),
      received("rto-P1", "501", 1),
    ];
    expect(casesOf({ ...sent, facts }).cases).toMatchObject([
      { id: "rto-P1", state: "received", lines: [{ receivedQty: 2 }] },
    ]);
  });

  test("units booked on a parcel's case count once", () => {
    const facts = [noted("rto_initiated", "71"), received("rto-71", "501", 1)];
    expect(casesOf({ ...sent, facts }).cases).toMatchObject([{ id: "rto-71", lines: [{ receivedQty: 1 }] }]);
  });
});
