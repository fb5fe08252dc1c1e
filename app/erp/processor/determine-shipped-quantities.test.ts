import { describe, expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { gatherParcels } from "#app/erp/parcels/gather-parcels.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch } from "#tests/fixtures/an-order.ts";
import { determineOrderStatus } from "./determine-order-status.ts";
import { determineShippedQuantities } from "./determine-shipped-quantities.ts";

type Units = Readonly<Record<string, number>>;
type Json = Record<string, unknown>;

const GATHER = { now: new Date("2026-11-05T12:00:00Z"), silentAfterDays: 10 };
const at = "2026-11-02T09:00:00.000Z";

/** A line as [ordered, current, unfulfilled]. */
const lineOf = (
  id: string,
  [quantity, currentQuantity, unfulfilledQuantity]: readonly number[],
): LineSketch => ({
  ...{ id, quantity, currentQuantity, unfulfilledQuantity },
});
/** What nobody ships: a custom line without goods, or a tip. */
const SERVICE = { title: "Tip", variantId: null, requiresShipping: false, unfulfilledQuantity: 0 };

/** A fulfilment told with its total; a dump does not tell its lines. */
const fulfillment = (id: string, totalQuantity: number | null, more: Json = {}): Json => ({
  id: `gid://shopify/Fulfillment/${id}`,
  ...{ status: "SUCCESS", displayStatus: "IN_TRANSIT", createdAt: `2026-11-02T10:00:0${id.slice(-1)}Z` },
  totalQuantity,
  ...more,
});
const holding = (units: Units) => ({
  fulfillmentLineItems: Object.entries(units).map(([lineId, quantity]) => ({
    quantity,
    lineItem: { id: `gid://shopify/LineItem/${lineId}` },
  })),
});
const awbs = (...numbers: string[]): Json => ({
  trackingInfo: numbers.map((number) => ({ number, company: "Delhivery", url: null })),
});
const takenBack = { status: "CANCELLED" };

const handOver = (parcelId: string, units: Units, awbNumber: string | null = null): FactRow[] =>
  Object.entries(units).map(([lineId, qty]) => ({
    ...{ kind: "handed_over", lineId, parcelId, qty, details: { awbNumber }, at },
  }));
const said = (kind: string, parcelId: string, details: Json = {}): FactRow => ({
  ...{ kind, parcelId, details, lineId: null, qty: null, at: "2026-11-04T09:00:00.000Z" },
});

const orderOf = (lines: LineSketch[], fulfillments: Json[]) =>
  mergeOrderSlots(
    [
      {
        ...{ shape: "bulk", shopifyUpdatedAt: null, triggeredAt: null },
        decoded: decodeOrderNode(anOrder({ lines, fulfillments })),
      },
    ],
    [],
  );

/** What is shipped by line, what each parcel holds (null = nobody knows), and whether it is certain. */
function shippedOf(lines: LineSketch[], fulfillments: Json[], facts: FactRow[] = []) {
  const order = orderOf(lines, fulfillments);
  const gathered = gatherParcels(order, readOrderFacts(facts).parcels, GATHER);
  const { shipped, inShopify, parcels, exact } = determineShippedQuantities(order.lines, gathered);
  const unitsOf = (held: (typeof parcels)[number]["lines"]) =>
    held && Object.fromEntries(held.map(({ lineId, qty }) => [lineId, qty]));
  return {
    shipped: Object.fromEntries([...shipped].filter(([, qty]) => qty > 0)),
    inShopify: Object.fromEntries([...inShopify].filter(([, qty]) => qty > 0)),
    parcels: Object.fromEntries(parcels.map((parcel) => [parcel.id, unitsOf(parcel.lines)])),
    exact,
  };
}

test("nothing sent is nothing shipped, and certain", () => {
  expect(shippedOf([lineOf("501", [2, 2, 2])], [])).toEqual({
    ...{ shipped: {}, inShopify: {}, parcels: {}, exact: true },
  });
});

describe("fulfilments whose lines nobody told, in a dump: the lines' own figures and the totals mostly leave one answer", () => {
  const tip = { id: "509", ...SERVICE };
  test.each<[string, LineSketch[], Json[], Units, Record<string, Units | null>]>([
    [
      "one parcel holds all that is no longer to be sent",
      [lineOf("501", [3, 3, 1]), lineOf("502", [1, 1, 0])],
      [fulfillment("71", 3)],
      { 501: 2, 502: 1 },
      { 71: { 501: 2, 502: 1 } },
    ],
    [
      "removed before: not in it",
      [lineOf("501", [3, 2, 0])],
      [fulfillment("71", 2)],
      { 501: 2 },
      { 71: { 501: 2 } },
    ],
    [
      "removed after: in it",
      [lineOf("501", [3, 2, 0])],
      [fulfillment("71", 3)],
      { 501: 3 },
      { 71: { 501: 3 } },
    ],
    [
      "all of one line removed before, half of another after",
      [lineOf("501", [2, 1, 0]), lineOf("502", [1, 1, 0])],
      [fulfillment("71", 2)],
      { 501: 1, 502: 1 },
      { 71: { 501: 1, 502: 1 } },
    ],
    [
      "beside one whose lines are known, it holds the rest",
      [lineOf("501", [3, 3, 0])],
      [fulfillment("71", 2, holding({ 501: 2 })), fulfillment("72", 1)],
      { 501: 3 },
      { 71: { 501: 2 }, 72: { 501: 1 } },
    ],
    [
      "the same, whichever is told first",
      [lineOf("501", [3, 3, 0]), lineOf("502", [1, 1, 0])],
      [fulfillment("71", 2), fulfillment("72", 2, holding({ 501: 1, 502: 1 }))],
      { 501: 3, 502: 1 },
      { 71: { 501: 2 }, 72: { 501: 1, 502: 1 } },
    ],
    [
      "a unit removed after sending is in the one that has room for it",
      [lineOf("501", [3, 2, 0])],
      [fulfillment("71", 2, holding({ 501: 2 })), fulfillment("72", 1)],
      { 501: 3 },
      { 71: { 501: 2 }, 72: { 501: 1 } },
    ],
    [
      "several of a single line hold their totals",
      [lineOf("501", [3, 3, 0]), lineOf("502", [1, 1, 1])],
      [fulfillment("71", 1), fulfillment("72", 2)],
      { 501: 3 },
      { 71: { 501: 1 }, 72: { 501: 2 } },
    ],
    [
      "without a total, when no unit was ever removed",
      [lineOf("501", [2, 2, 1])],
      [fulfillment("71", null)],
      { 501: 1 },
      { 71: { 501: 1 } },
    ],
    [
      "a line nobody ships is not in it",
      [lineOf("501", [1, 1, 0]), tip],
      [fulfillment("71", 1)],
      { 501: 1 },
      { 71: { 501: 1 } },
    ],
    [
      "unless the total says so",
      [lineOf("501", [1, 1, 0]), tip],
      [fulfillment("71", 2)],
      { 501: 1, 509: 1 },
      { 71: { 501: 1, 509: 1 } },
    ],
    [
      "nor is it where a unit removed after sending explains the total",
      [{ id: "500", ...SERVICE }, lineOf("501", [2, 1, 0])],
      [fulfillment("71", 2)],
      { 501: 2 },
      { 71: { 501: 2 } },
    ],
    [
      "what nobody carries, but has a variant, is somebody's to fulfil",
      [lineOf("501", [1, 1, 0]), { ...lineOf("502", [1, 1, 0]), requiresShipping: false }],
      [fulfillment("71", null)],
      { 501: 1, 502: 1 },
      { 71: { 501: 1, 502: 1 } },
    ],
  ])("%s", (_what, lines, fulfillments, shipped, parcels) => {
    expect(shippedOf(lines, fulfillments)).toEqual({ shipped, inShopify: shipped, parcels, exact: true });
  });

  test.each<[string, LineSketch[], Json[], Units]>([
    [
      "two lines, one of two units removed of each, three sent",
      [lineOf("501", [2, 1, 0]), lineOf("502", [2, 1, 0])],
      [fulfillment("71", 3)],
      { 501: 2, 502: 1 },
    ],
    [
      "two parcels of two lines",
      [lineOf("501", [1, 1, 0]), lineOf("502", [1, 1, 0])],
      [fulfillment("71", 1), fulfillment("72", 1)],
      { 501: 1, 502: 1 },
    ],
    [
      "without a total, when units were removed at some time",
      [lineOf("501", [2, 1, 0])],
      [fulfillment("71", null)],
      { 501: 1 },
    ],
    ["a total greater than all there is", [lineOf("501", [2, 2, 0])], [fulfillment("71", 5)], { 501: 2 }],
    [
      "a total smaller than what is no longer to be sent",
      [lineOf("501", [3, 3, 0])],
      [fulfillment("71", 1)],
      { 501: 3 },
    ],
    [
      "without a total, when a line nobody ships may be in it",
      [lineOf("501", [1, 1, 0]), { id: "509", ...SERVICE }],
      [fulfillment("71", null)],
      { 501: 1 },
    ],
  ])(
    "where they leave several answers or none, Shopify is asked and the sum is kept right: %s",
    (_what, lines, fulfillments, shipped) => {
      const result = shippedOf(lines, fulfillments);
      expect(result).toMatchObject({ exact: false, shipped });
      expect(Object.values(result.parcels)).toContain(null);
    },
  );
});

describe("a fulfilment that Shopify took back", () => {
  const line = lineOf("501", [2, 2, 2]);
  test.each<[string, Json, FactRow[], Units, Units | null, boolean]>([
    ["never left: nothing is shipped", { displayStatus: "CANCELED" }, [], {}, null, true],
    [
      "never left, its lines told: they stand for the record",
      { displayStatus: "CANCELED", ...holding({ 501: 2 }) },
      [],
      {},
      { 501: 2 },
      true,
    ],
    ["a carrier had it: its units are out", holding({ 501: 2 }), [], { 501: 2 }, { 501: 2 }, true],
    ["a carrier had it, lines untold: all of the order", {}, [], { 501: 2 }, { 501: 2 }, true],
    [
      "the ERP had handed it over: what was in the box",
      { displayStatus: "CANCELED", ...awbs("A1"), ...holding({ 501: 2 }) },
      handOver("P1", { 501: 1 }, "A1"),
      { 501: 1 },
      { 501: 1 },
      true,
    ],
    [
      "the ERP had handed it over, lines untold",
      { displayStatus: "CANCELED", ...awbs("A1") },
      handOver("P1", { 501: 2 }, "A1"),
      { 501: 2 },
      { 501: 2 },
      true,
    ],
  ])("%s", (_what, more, facts, shipped, held, exact) => {
    const result = shippedOf([line], [fulfillment("71", 2, { ...takenBack, ...more })], facts);
    expect(result).toMatchObject({ shipped, inShopify: {}, exact });
    expect(Object.values(result.parcels)).toEqual([held]);
  });

  test("lines untold, it holds what the one that stands does not", () => {
    const fulfillments = [fulfillment("71", 1, takenBack), fulfillment("72", 1, holding({ 501: 1 }))];
    expect(shippedOf([lineOf("501", [2, 2, 1])], fulfillments)).toEqual({
      ...{ shipped: { 501: 2 }, inShopify: { 501: 1 }, exact: true },
      parcels: { 71: { 501: 1 }, 72: { 501: 1 } },
    });
  });

  test("lines untold and more open than it held: the sum is right, and Shopify is asked", () => {
    expect(
      shippedOf([lineOf("501", [2, 2, 2]), lineOf("502", [1, 1, 1])], [fulfillment("71", 2, takenBack)]),
    ).toEqual({
      ...{ shipped: { 501: 2 }, inShopify: {}, parcels: { 71: null }, exact: false },
    });
  });

  test("sent again, nothing is shipped beyond what was ordered", () => {
    expect(
      shippedOf(
        [lineOf("501", [2, 2, 0])],
        [
          fulfillment("71", 2, { ...takenBack, ...holding({ 501: 2 }) }),
          fulfillment("72", 2, holding({ 501: 2 })),
        ],
      ),
    ).toEqual({
      ...{ shipped: { 501: 2 }, inShopify: { 501: 2 }, exact: true },
      parcels: { 71: { 501: 2 }, 72: { 501: 2 } },
    });
  });
});

test("the lines of a parcel stand in one order, whoever told them in which", () => {
  const order = orderOf(
    ["501", "502"].map((id) => lineOf(id, [1, 1, 0])),
    [
      fulfillment("71", 2, {
        fulfillmentLineItems: [
          ...holding({ 502: 1 })["fulfillmentLineItems"],
          ...holding({ 501: 1 })["fulfillmentLineItems"],
        ],
      }),
    ],
  );
  const { parcels } = determineShippedQuantities(order.lines, gatherParcels(order, [], GATHER));
  expect(parcels[0]?.lines?.map(({ lineId }) => lineId)).toEqual(["501", "502"]);
});

describe("what the ERP put into a box", () => {
  test.each<[string, Json[], FactRow[], Units, Record<string, Units | null>]>([
    ["Shopify knows nothing of it", [], handOver("P1", { 501: 2 }), { 501: 2 }, { P1: { 501: 2 } }],
    [
      "the same box, Shopify knows of one unit more",
      [fulfillment("71", 2, { ...awbs("A1"), ...holding({ 501: 2 }) })],
      handOver("P1", { 501: 1 }, "A1"),
      { 501: 2 },
      { P1: { 501: 2 } },
    ],
    [
      "the same box, Shopify knows of one unit less",
      [fulfillment("71", 1, { ...awbs("A1"), ...holding({ 501: 1 }) })],
      handOver("P1", { 501: 2 }, "A1"),
      { 501: 2 },
      { P1: { 501: 2 } },
    ],
    [
      "another box, beside Shopify's",
      [fulfillment("71", 1, holding({ 501: 1 }))],
      handOver("P1", { 501: 1, 502: 1 }),
      { 501: 2, 502: 1 },
      { 71: { 501: 1 }, P1: { 501: 1, 502: 1 } },
    ],
  ])("%s", (_what, fulfillments, facts, shipped, parcels) => {
    const lines = [lineOf("501", [3, 3, 3]), lineOf("502", [1, 1, 1])];
    expect(shippedOf(lines, fulfillments, facts)).toMatchObject({ shipped, parcels, exact: true });
  });

  test("it tells the lines a dump leaves open, also of the other fulfilment", () => {
    const lines = [lineOf("501", [2, 2, 0]), lineOf("502", [1, 1, 0])];
    const fulfillments = [fulfillment("71", 2, awbs("A1")), fulfillment("72", 1)];
    expect(shippedOf(lines, fulfillments).exact).toBe(false);
    expect(shippedOf(lines, fulfillments, handOver("P1", { 501: 1, 502: 1 }, "a 1"))).toEqual({
      ...{ shipped: { 501: 2, 502: 1 }, inShopify: { 501: 2, 502: 1 }, exact: true },
      parcels: { P1: { 501: 1, 502: 1 }, 72: { 501: 1 } },
    });
  });
});

test("what the ERP handed over is out, also where a dump's total fits fewer of its lines", () => {
  const lines = [lineOf("501", [1, 0, 0]), lineOf("502", [1, 0, 0])];
  const boxed = handOver("P1", { 501: 1, 502: 1 }, "A1");
  expect(shippedOf(lines, [fulfillment("71", 1, awbs("A1"))], boxed)).toMatchObject({
    ...{ shipped: { 501: 1, 502: 1 }, parcels: { P1: { 501: 1, 502: 1 } } },
  });
});

test("a box whose fulfilment was taken back, its lines untold, is out beside one that stands", () => {
  const back = fulfillment("71", 1, { ...takenBack, displayStatus: "CANCELED", ...awbs("A1") });
  const facts = handOver("P1", { 501: 1 }, "A1");
  expect(
    shippedOf([lineOf("501", [2, 2, 1])], [back, fulfillment("72", 1, holding({ 501: 1 }))], facts),
  ).toEqual({
    ...{ shipped: { 501: 2 }, inShopify: { 501: 1 }, exact: true },
    parcels: { P1: { 501: 1 }, 72: { 501: 1 } },
  });
});

describe("one fulfilment in two boxes of the ERP's", () => {
  const lines = [lineOf("501", [3, 3, 0]), lineOf("502", [1, 1, 0])];
  const boxes = [...handOver("P1", { 501: 1 }, "A1"), ...handOver("P2", { 501: 2, 502: 1 }, "A2")];
  const told = { P1: { 501: 1 }, P2: { 501: 2, 502: 1 } };

  test.each([
    ["its lines told", holding({ 501: 3, 502: 1 })],
    ["only its total told", {}],
  ])("each box holds its own lines, and nothing ships twice: %s", (_what, more) => {
    const both = fulfillment("71", 4, { ...awbs("A1", "A2"), ...more });
    expect(shippedOf(lines, [both], boxes)).toMatchObject({ shipped: { 501: 3, 502: 1 }, parcels: told });
  });

  test("what the boxes hold beyond the fulfilment is shipped too", () => {
    const less = fulfillment("71", 3, { ...awbs("A1", "A2"), ...holding({ 501: 3 }) });
    expect(shippedOf([lineOf("501", [3, 3, 0]), lineOf("502", [1, 1, 1])], [less], boxes)).toMatchObject({
      ...{ shipped: { 501: 3, 502: 1 }, inShopify: { 501: 3 }, parcels: told },
    });
  });

  test("and so is what another fulfilment holds", () => {
    const boxes = [...handOver("P1", { 501: 1 }, "A1"), ...handOver("P2", { 501: 1 }, "A2")];
    const fulfillments = [
      fulfillment("71", 1, { ...awbs("A1", "A2"), ...holding({ 501: 1 }) }),
      fulfillment("73", 1, holding({ 501: 1 })),
    ];
    expect(shippedOf([lineOf("501", [4, 4, 2])], fulfillments, boxes)).toMatchObject({
      ...{ shipped: { 501: 3 }, inShopify: { 501: 2 } },
    });
  });

  test("taken back by Shopify, both stay out", () => {
    const back = fulfillment("71", 4, { ...takenBack, displayStatus: "CANCELED", ...awbs("A1", "A2") });
    expect(shippedOf([lineOf("501", [3, 3, 3]), lineOf("502", [1, 1, 1])], [back], boxes)).toMatchObject({
      shipped: { 501: 3, 502: 1 },
      inShopify: {},
      parcels: told,
    });
  });
});

describe("what is noted on a parcel counts under any of its names", () => {
  const order = orderOf(
    [lineOf("501", [2, 2, 0])],
    [fulfillment("71", 2, { ...awbs("A 1"), ...holding({ 501: 2 }) })],
  );
  const boxed = handOver("P1", { 501: 2 }, "a-1");
  const linked = [...handOver("P1", { 501: 2 }), said("parcel_linked", "P1", { fulfillmentId: "71" })];

  test.each<[string, FactRow[]]>([
    ["by the ERP's id", [...boxed, said("delivered", "P1")]],
    ["by the fulfilment's, after hand-over", [...boxed, said("delivered", "71")]],
    ["by the fulfilment's, before hand-over", [said("delivered", "71"), ...boxed]],
    ["by the fulfilment's, tied by Shopify's answer", [...linked, said("delivered", "71")]],
    ["by the fulfilment's, before it was tied", [said("delivered", "71"), ...linked]],
  ])("delivered, %s", (_what, rows) => {
    const { shipped, lines, status } = determineOrderStatus(order, readOrderFacts(rows), {
      ...{ ...GATHER, onHold: false, isHistory: false },
    });
    expect(shipped.parcels.map(({ id, state }) => [id, state])).toEqual([["P1", "delivered"]]);
    expect(lines.get("501")).toMatchObject({ shippedQty: 2, deliveredQty: 2 });
    expect(status).toBe("delivered");
  });

  test.each(["rto_initiated", "rto_received", "lost"])("%s, by the fulfilment's", (state) => {
    for (const rows of [
      [...boxed, said(state, "71")],
      [said(state, "71"), ...boxed],
    ])
      expect(gatherParcels(order, readOrderFacts(rows).parcels, GATHER)).toMatchObject([{ id: "P1", state }]);
  });

  test("the last word under any name is the last word", () => {
    const later = { ...said("delivered", "P1"), at: "2026-11-05T09:00:00.000Z" };
    for (const rows of [
      [...boxed, said("lost", "71"), later],
      [said("lost", "71"), ...boxed, later],
    ])
      expect(gatherParcels(order, readOrderFacts(rows).parcels, GATHER)).toMatchObject([
        { state: "delivered" },
      ]);
  });

  test("tied to a fulfilment no payload shows yet", () => {
    const untold = orderOf([lineOf("501", [2, 2, 2])], []);
    expect(
      gatherParcels(untold, readOrderFacts([...linked, said("delivered", "71")]).parcels, GATHER),
    ).toMatchObject([{ id: "P1", state: "delivered" }]);
  });
});
