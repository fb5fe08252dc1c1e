import { describe, expect, test } from "vitest";
import { readOrderFacts } from "#app/erp/facts/read-order-facts.ts";
import { gatherParcels } from "#app/erp/parcels/gather-parcels.ts";
import { openReturnCases } from "#app/erp/returns/open-return-cases.ts";
import { holding } from "#tests/fixtures/a-fulfillment.ts";
import { handOver } from "#tests/fixtures/fact-rows.ts";
import { awbs, fulfillment, GATHER, lineOf, orderOf, takenBack } from "#tests/fixtures/shipped-of.ts";
import { buildParcels } from "./build-parcels.ts";
import { determineOrderStatus } from "./determine-order-status.ts";
import { determineShippedQuantities } from "./determine-shipped-quantities.ts";

const lines = [lineOf("501", [2, 2, 0])];
/** Taken back on its way. */
const first = fulfillment("71", 2, {
  ...awbs("AWB 1"),
  ...takenBack,
  inTransitAt: "2026-11-03T10:00:00Z",
  name: "#1001-F1",
});
const second = fulfillment("72", 2, { ...awbs("awb-1"), name: "#1001-F2" });

describe("a fulfilment cancelled and made anew with the same AWB is one parcel", () => {
  test.each([
    ["told in the order they were made", [first, second]],
    ["told the other way round", [second, first]],
  ])("whose row is that of the one that stands: %s", (_what, fulfillments) => {
    const order = orderOf(lines, fulfillments);
    const shipped = determineShippedQuantities(order.lines, gatherParcels(order, [], GATHER));
    const { parcels, parcelLines } = buildParcels(
      "one.myshopify.com",
      order,
      shipped,
      new Map([["72", 5000]]),
    );
    expect(parcels).toMatchObject([
      {
        ...{ id: "72", shopifyFulfillmentId: "72", name: "#1001-F2", awbNumber: "awb-1" },
        ...{ state: "in_transit", origin: "shopify", amountToCollect: "50.00" },
      },
    ]);
    expect(parcelLines).toMatchObject([{ parcelId: "72", shopifyLineId: "501", qty: 2 }]);
    expect(shipped.shipped).toEqual(new Map([["501", 2]]));
  });

  test("nothing comes back of it", () => {
    const order = orderOf(lines, [first, second]);
    const status = determineOrderStatus(order, readOrderFacts([]), {
      ...GATHER,
      ...{ onHold: false, isHistory: false },
    });
    expect(openReturnCases(order, readOrderFacts([]), status, { isHistory: false })).toEqual([]);
  });

  test("which the ERP handed over: its row names the one that stands", () => {
    const order = orderOf(lines, [first, second]);
    const { parcels: erp } = readOrderFacts(handOver("P1", { 501: 2 }, "AWB1"));
    const shipped = determineShippedQuantities(order.lines, gatherParcels(order, erp, GATHER));
    expect(buildParcels("one.myshopify.com", order, shipped, new Map()).parcels).toMatchObject([
      { id: "P1", origin: "erp", shopifyFulfillmentId: "72", name: "#1001-F2" },
    ]);
  });

  test.each([
    ["another AWB", fulfillment("72", 2, awbs("AWB 2"))],
    ["no AWB", fulfillment("72", 2)],
  ])("with %s it is another", (_what, other) => {
    const gathered = gatherParcels(orderOf(lines, [first, other]), [], GATHER);
    expect(gathered.map(({ id, left }) => [id, left])).toEqual([
      ["71", true],
      ["72", true],
    ]);
  });

  test("thrice: still one", () => {
    const third = fulfillment("73", 2, awbs("AWB-1"));
    const again = { ...second, ...takenBack };
    const order = orderOf(lines, [first, again, third]);
    const { parcels, shipped, exact } = determineShippedQuantities(
      order.lines,
      gatherParcels(order, [], GATHER),
    );
    expect(parcels).toMatchObject([{ id: "73", aliases: ["73", "71", "72"], lines: [{ qty: 2 }] }]);
    expect([shipped, exact]).toEqual([new Map([["501", 2]]), true]);
  });

  test("with fewer units: what else was in the box is asked for, or known", () => {
    const less = (more: object) => {
      const order = orderOf(
        [lineOf("501", [2, 2, 1])],
        [
          { ...first, ...more },
          {
            ...fulfillment("72", 1, awbs("awb-1")),
            ...(Object.keys(more).length > 0 && holding({ 501: 1 })),
          },
        ],
      );
      return determineShippedQuantities(order.lines, gatherParcels(order, [], GATHER));
    };
    expect(less({})).toMatchObject({ exact: false, shipped: new Map([["501", 1]]) });
    expect(less(holding({ 501: 2 }))).toMatchObject({ exact: true, shipped: new Map([["501", 2]]) });
    // Never on the way: it held nothing that left.
    expect(less({ ...holding({ 501: 2 }), inTransitAt: null, displayStatus: "CANCELED" })).toMatchObject({
      exact: true,
      shipped: new Map([["501", 1]]),
    });
  });
});
