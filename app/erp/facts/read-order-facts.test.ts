import { describe, expect, test } from "vitest";
import { NO_FACTS, NO_LINE_FACTS } from "./order-facts.ts";
import { readOrderFacts, type FactRow } from "./read-order-facts.ts";

const fact = (kind: string, more: Partial<FactRow> = {}): FactRow => ({
  ...{ kind, lineId: null, parcelId: null, qty: null, details: {}, at: "2026-11-02T09:00:00.000Z" },
  ...more,
});
const units = (kind: string, qty: number, more: Partial<FactRow> = {}) =>
  fact(kind, { lineId: "501", qty, ...more });
const on = (day: number) => `2026-11-0${String(day)}T09:00:00.000Z`;
const handOver = (parcelId: string | null, qty: number, more: Partial<FactRow> = {}) =>
  units("handed_over", qty, { parcelId, ...more });

describe("units of a line", () => {
  test.each([
    ["allocated", "allocated"],
    ["picked", "picked"],
    ["packed", "packed"],
    ["handed_over", "handedOver"],
    ["delivered", "delivered"],
    ["cancelled", "cancelled"],
  ] as const)("%s are added up, and taken back by a negative quantity", (kind, counted) => {
    const { lines } = readOrderFacts([units(kind, 3), units(kind, 2), units(kind, -1)]);
    expect(lines.get("501")).toEqual({ ...NO_LINE_FACTS, [counted]: 4 });
  });

  test("those of one line are not those of another", () => {
    const { lines } = readOrderFacts([units("packed", 2), units("packed", 1, { lineId: "502" })]);
    expect([...lines].map(([id, { packed }]) => [id, packed])).toEqual([
      ["501", 2],
      ["502", 1],
    ]);
    expect(NO_LINE_FACTS.packed).toBe(0);
  });

  test("a fact of a whole parcel counts no units", () => {
    expect(readOrderFacts([fact("delivered", { parcelId: "71" })]).lines.size).toBe(0);
  });
});

describe("parcels", () => {
  test("what goes into one parcel is one parcel; its shipment is the last word on each part", () => {
    const { parcels } = readOrderFacts([
      handOver("P1", 1, { details: { awbNumber: "A1", courier: "Delhivery" }, at: on(2) }),
      handOver("P1", 2, { at: on(3) }),
      handOver("P1", 1, {
        lineId: "502",
        details: { awbNumber: "A2", trackingUrl: "https://x.example" },
        at: on(4),
      }),
    ]);
    expect(parcels).toEqual([
      {
        ...{ id: "P1", fulfillmentId: null, awbNumber: "A2", courier: "Delhivery" },
        ...{ trackingUrl: "https://x.example", handedOverAt: on(2), newsAt: on(4) },
        ...{ deliveredAt: null, rtoInitiatedAt: null, rtoReceivedAt: null, lostAt: null },
        lines: [
          { lineId: "501", qty: 3 },
          { lineId: "502", qty: 1 },
        ],
      },
    ]);
  });

  test("a hand-over that was taken back leaves nothing in the parcel, or no parcel", () => {
    const unitsOf = (...rows: FactRow[]) => readOrderFacts(rows).parcels.map(({ lines }) => lines);
    expect(unitsOf(handOver("P1", 2), handOver("P1", -1))).toEqual([[{ lineId: "501", qty: 1 }]]);
    expect(unitsOf(handOver("P1", 2), handOver("P1", -2))).toEqual([]);
    const other = handOver("P1", 1, { lineId: "502" });
    expect(unitsOf(handOver("P1", 2), other, handOver("P1", -2))).toEqual([[{ lineId: "502", qty: 1 }]]);
  });

  test("goods handed over without naming a parcel are one parcel all the same", () => {
    const { parcels } = readOrderFacts([handOver(null, 1), handOver(null, 1)]);
    expect(parcels.map(({ lines }) => lines)).toEqual([[{ lineId: "501", qty: 2 }]]);
  });

  test.each([
    ["delivered", "deliveredAt"],
    ["rto_initiated", "rtoInitiatedAt"],
    ["rto_received", "rtoReceivedAt"],
    ["lost", "lostAt"],
  ] as const)("%s is a moment of the parcel, and news of it", (kind, moment) => {
    const { parcels } = readOrderFacts([
      handOver("P1", 1, { at: on(2) }),
      fact(kind, { parcelId: "P1", at: on(5) }),
    ]);
    expect(parcels).toMatchObject([{ id: "P1", handedOverAt: on(2), [moment]: on(5), newsAt: on(5) }]);
  });

  test("what is noted on a parcel of Shopify's stands under its fulfilment, without goods of the ERP's", () => {
    const { parcels } = readOrderFacts([
      fact("rto_initiated", { parcelId: "71", at: on(3) }),
      fact("rto_received", { parcelId: "71", at: on(5) }),
    ]);
    expect(parcels).toMatchObject([
      {
        id: "71",
        fulfillmentId: "71",
        rtoInitiatedAt: on(3),
        rtoReceivedAt: on(5),
        newsAt: on(5),
        lines: [],
      },
    ]);
  });

  test("a parcel is tied to its fulfilment; one that nobody handed over cannot be", () => {
    const linked = fact("parcel_linked", { parcelId: "P1", details: { fulfillmentId: "71" } });
    expect(readOrderFacts([handOver("P1", 1), linked]).parcels).toMatchObject([{ fulfillmentId: "71" }]);
    expect(readOrderFacts([linked]).parcels).toEqual([]);
  });

  test("a corrected number, courier or link replaces the one before; the former number is still known", () => {
    const tracking = (details: object, parcelId = "P1") => fact("tracking", { parcelId, details });
    const { parcels } = readOrderFacts([
      handOver("P1", 1, { details: { awbNumber: "A1", courier: "Delhivery" }, at: on(2) }),
      tracking({ awbNumber: "A2", courier: null }),
      tracking({ awbNumber: "A2", trackingUrl: "https://x.example" }),
      tracking({ awbNumber: "B1" }, "71"),
    ]);
    expect(parcels).toMatchObject([
      {
        ...{ id: "P1", awbNumber: "A2", formerAwbs: ["A1"], courier: "Delhivery" },
        ...{ trackingUrl: "https://x.example", newsAt: on(2) },
      },
      { id: "71", fulfillmentId: "71", awbNumber: "B1", lines: [] },
    ]);
  });

  test("a link leads to the parcel of its number: another number has none until one is said", () => {
    const left = { awbNumber: "A1", courier: "Delhivery", trackingUrl: "https://x.example/A1" };
    const corrected = { awbNumber: "A2", courier: "Delhivery", trackingUrl: null };
    const of = (details: object) => [
      handOver("P1", 1, { details: left }),
      fact("tracking", { parcelId: "P1", details }),
    ];
    expect(readOrderFacts(of(corrected)).parcels).toMatchObject([{ awbNumber: "A2", trackingUrl: null }]);
    expect(readOrderFacts(of({ ...left, courier: "Ekart", trackingUrl: null })).parcels).toMatchObject([
      { courier: "Ekart", trackingUrl: left.trackingUrl },
    ]);
  });

  test("fulfilments of a parcel that was taken back are known, also one that is told of afterwards", () => {
    const linked = (parcelId: string, fulfillmentId: string) =>
      fact("parcel_linked", { parcelId, details: { fulfillmentId } });
    const { takenBack, parcels } = readOrderFacts([
      handOver("P1", 1),
      linked("P1", "71"),
      fact("taken_back", { parcelId: "P1", details: { fulfillmentIds: ["71", "72"] } }),
      handOver("P1", -1),
      linked("P1", "73"),
      handOver("P2", 1),
      linked("P2", "74"),
    ]);
    expect([...takenBack].toSorted()).toEqual(["71", "72", "73"]);
    expect(parcels.map(({ id }) => id)).toEqual(["P2"]);
  });

  test("news of no parcel is news of none", () => {
    expect(readOrderFacts([fact("lost")]).parcels).toEqual([]);
  });
});

describe("returns and cases", () => {
  const lines = [{ lineId: "501", qty: 2 }];

  test("a return the ERP opens has its goods, its reason and the parcel it is of", () => {
    const opened = (details: object) =>
      readOrderFacts([fact("return_opened", { parcelId: "P1", details, at: on(4) })]).returns;
    expect(opened({ caseId: "R1", lines, reason: "Too small" })).toEqual([
      { id: "R1", parcelId: "P1", reason: "Too small", openedAt: on(4), lines },
    ]);
    expect(opened({ caseId: "R1", lines })).toMatchObject([{ reason: null }]);
  });

  test("what is received back counts for its case and its line; the last receipt is when", () => {
    const { cases, lines: counted } = readOrderFacts([
      units("returned", 1, { details: { caseId: "R1" }, at: on(4) }),
      units("returned", 1, { details: { caseId: "R1" }, at: on(5) }),
      units("returned", 1, { details: { caseId: "R1" }, lineId: "502", at: on(6) }),
      units("returned", 1, { details: { caseId: "R2" }, at: on(7) }),
    ]);
    expect(cases.get("R1")).toEqual({
      receivedQty: new Map([
        ["501", 2],
        ["502", 1],
      ]),
      ...{ receivedAt: on(6), outcome: null, closedAt: null },
    });
    expect(cases.get("R2")).toMatchObject({ receivedQty: new Map([["501", 1]]), receivedAt: on(7) });
    expect([counted.get("501")?.returned, counted.get("502")?.returned]).toEqual([3, 1]);
  });

  test.each(["restocked", "damaged", "lost"] as const)(
    "a case closes: %s; the last word stands",
    (outcome) => {
      const close = (as: string, day: number) =>
        fact("case_closed", { details: { caseId: "R1", outcome: as }, at: on(day) });
      expect(readOrderFacts([close("restocked", 4), close(outcome, 5)]).cases.get("R1")).toMatchObject({
        ...{ outcome, closedAt: on(5), receivedAt: null },
      });
    },
  );
});

describe("what people said, and money", () => {
  test("the last label stands, whole", () => {
    const labelled = (addressKey: string | null, amountToCollect: string, lineIds: string[]) =>
      fact("labelled", { details: { addressKey, amountToCollect, lineIds } });
    expect(
      readOrderFacts([labelled("a|b", "10.00", ["501", "502"]), labelled(null, "0.00", ["501"])]).label,
    ).toEqual({ addressKey: null, amountToCollect: "0.00", lineIds: ["501"] });
  });

  test("confirmed reasons and released holds are sets that grow", () => {
    const { confirmed, released } = readOrderFacts([
      fact("stop_ship_confirmed", { details: { keys: ["cancelled", "amount-5.00"] } }),
      fact("stop_ship_confirmed", { details: { keys: ["amount-6.00"] } }),
      fact("hold_released", { details: { hold: "no_sku" } }),
      fact("hold_released", { details: { hold: "cod_unconfirmed" } }),
    ]);
    expect([...confirmed]).toEqual(["cancelled", "amount-5.00", "amount-6.00"]);
    expect([...released]).toEqual(["no_sku", "cod_unconfirmed"]);
  });

  test.each([
    [[], null],
    [["COD"], "COD"],
    [["COD", "Prepaid"], "Prepaid"],
    [["COD", null], null],
  ] as const)("payment methods said one after the other: %j → %s", (said, correction) => {
    expect(
      readOrderFacts(said.map((method) => fact("payment_method", { details: { method } }))).correction,
    ).toBe(correction);
  });

  test("a receipt is booked once under its id, of a parcel or of the order, and told to Shopify later", () => {
    const receipt = (receiptId: string, amount: string, parcelId: string | null) =>
      fact("receipt", { parcelId, details: { receiptId, amount } });
    const told = (receiptId: string) => fact("receipt_written_back", { details: { receiptId }, at: on(6) });
    expect(
      readOrderFacts([
        receipt("r1", "500.00", "P1"),
        receipt("r2", "20.00", null),
        receipt("r2", "25.00", null),
        told("r1"),
        told("r9"),
      ]).receipts,
    ).toEqual([
      { id: "r1", amount: "500.00", parcelId: "P1", writtenBackAt: on(6) },
      { id: "r2", amount: "25.00", parcelId: null, writtenBackAt: null },
    ]);
  });
});

test("nothing done is the facts of an order nobody touched, and stays so", () => {
  expect(readOrderFacts([])).toEqual(NO_FACTS);
  readOrderFacts([units("packed", 2), handOver("P1", 2)]);
  expect(readOrderFacts([])).toEqual(NO_FACTS);
});

test("a kind of a later version is left aside", () => {
  expect(readOrderFacts([units("gift_wrapped", 2, { parcelId: "P1" })])).toEqual(NO_FACTS);
});

test.each([
  ["return_opened", { caseId: "R1" }],
  ["taken_back", { fulfillmentIds: "71" }],
  ["case_closed", { caseId: "R1", outcome: "eaten" }],
  ["labelled", { addressKey: null }],
  ["stop_ship_confirmed", { keys: "cancelled" }],
  ["hold_released", {}],
  ["payment_method", { method: "Barter" }],
  ["receipt", { receiptId: "r1", amount: 500 }],
  ["receipt_written_back", {}],
])("a fact nobody can read is our fault and is said: %s", (kind, details) => {
  expect(() => readOrderFacts([fact(kind, { details })])).toThrow();
});
