import { describe, expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { determineOrderStatus } from "#app/erp/processor/determine-order-status.ts";
import { holding, type Json } from "#tests/fixtures/a-fulfillment.ts";
import { factRow, handOver, on } from "#tests/fixtures/fact-rows.ts";
import { GATHER, awbs, fulfillment, lineOf, orderOf } from "#tests/fixtures/shipped-of.ts";
import { gatherParcels } from "./gather-parcels.ts";

const said = (kind: string, parcelId: string, details: Json = {}): FactRow =>
  factRow(kind, on(4), { parcelId, details });

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
