import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { gatherParcels } from "#app/erp/parcels/gather-parcels.ts";
import { holding, type Json } from "#tests/fixtures/a-fulfillment.ts";
import type { LineSketch } from "#tests/fixtures/an-order.ts";
import { handOver, type Units } from "#tests/fixtures/fact-rows.ts";
import {
  GATHER,
  awbs,
  fulfillment,
  lineOf,
  orderOf,
  shippedOf,
  takenBack,
} from "#tests/fixtures/shipped-of.ts";
import { determineShippedQuantities } from "./determine-shipped-quantities.ts";

/** What nobody ships: a custom line without goods, or a tip. */
const SERVICE = { title: "Tip", variantId: null, requiresShipping: false, unfulfilledQuantity: 0 };

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
