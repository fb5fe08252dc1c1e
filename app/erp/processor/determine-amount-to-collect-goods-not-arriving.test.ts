import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { SENT, build, codOrder, fact, fulfillment, line, packed } from "#tests/fixtures/a-cod-order.ts";
import type { Json } from "#tests/fixtures/a-fulfillment.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import { handOver, on, type Units } from "#tests/fixtures/fact-rows.ts";

const noted = (kind: string, parcelId: string, day = 3) => fact(kind, { parcelId, at: on(day) });

describe("goods that will not arrive collect nothing, and nobody pays their share", () => {
  test.each<[string, Json, FactRow[]]>([
    ["the carrier could not deliver", { displayStatus: "NOT_DELIVERED" }, []],
    ["the ERP says it comes back", {}, [noted("rto_initiated", "71")]],
    ["it is back", {}, [noted("rto_received", "71")]],
    ["it is lost", {}, [noted("lost", "71")]],
    ["Shopify took it back on its way", { status: "CANCELLED" }, []],
  ])("%s", (_what, more, facts) => {
    const order = codOrder({
      lines: SENT,
      fulfillments: [fulfillment("71", { 501: 1 }, more), fulfillment("72", { 502: 1 })],
    });
    expect(build(order, facts)).toMatchObject({ labels: { 71: "0.00", 72: "500.00" }, collect: "500.00" });
  });

  test.each<[string, Json]>([
    ["delivered", { displayStatus: "DELIVERED" }],
    ["not heard of for long", { createdAt: "2026-10-01T09:00:00Z" }],
  ])("a parcel %s still has its money to come", (_what, more) => {
    const order = codOrder({ lines: SENT, fulfillments: [fulfillment("71", { 501: 1, 502: 1 }, more)] });
    expect(build(order)).toMatchObject({ labels: { 71: "1000.00" }, collect: "1000.00" });
  });

  test.each<[string, Units, number, number, string, string]>([
    ["one of the packed units", { 502: 2 }, 1, 1, "open", "500.00"],
    ["all packed units", { 502: 2 }, 2, 0, "cancelled", "0.00"],
    ["a unit nobody has packed", {}, 1, 0, "open", "500.00"],
  ])(
    "cancelled in the ERP, still outstanding in Shopify: %s",
    (_what, inBox, qty, stillPacked, status, collect) => {
      const order = codOrder({ lines: [line("502", { quantity: 2 })] });
      const built = build(order, [...packed(inBox), fact("cancelled", { lineId: "502", qty })]);
      expect(built).toMatchObject({ status, collect });
      expect(built.rows.lines).toMatchObject([{ cancelledQty: qty, packedQty: stillPacked }]);
    },
  );

  /** Of three units of 500.00 less 30.00, tax of 18 % on top and 100.00 to send it: one is cancelled in the ERP, two are packed. */
  const taxed = (outstanding: string, currentQuantity = 3): OrderSnapshot => {
    const three = line("502", { quantity: 3, currentQuantity, discounts: ["10.00"] });
    const order = codOrder({ lines: [three], total: "1868.20", outstanding });
    const tax = { title: "GST", rate: "0.18", amount: { shop: 26_820, presentment: 26_820 } };
    const lines = order.lines.map((one) => ({ ...one, taxLines: [tax] }));
    return { ...order, taxesIncluded: false, lines };
  };
  const oneCancelled = [...packed({ 502: 2 }), fact("cancelled", { lineId: "502", qty: 1 })];

  test.each([
    ["nothing was paid before", "1868.20", "1282.13", "1282.13"],
    ["a part was paid before, and is no part of what is cancelled", "1368.20", "782.13", "782.13"],
    ["more was paid than the rest costs", "400.00", "-186.07", "0.00"],
  ])("by Shopify's word or before it, the same is collected: %s", (_what, before, after, collect) => {
    expect(build(taxed(before), oneCancelled)).toMatchObject({ collect, status: "open" });
    expect(build(taxed(after, 2), oneCancelled)).toMatchObject({ collect, status: "open" });
  });

  test("all of it cancelled: what it costs to send it is collected from nobody", () => {
    const order = codOrder({ lines: [line("502")], total: "600.00", outstanding: "600.00" });
    const built = build(order, [fact("cancelled", { lineId: "502", qty: 1 })]);
    expect(built).toMatchObject({ status: "cancelled", collect: "0.00" });
  });

  test("what is free and still to be sent collects what it costs to send it", () => {
    const lines = [line("502"), line("503", { price: "0.00" })];
    const order = codOrder({ lines, total: "600.00", outstanding: "600.00" });
    const cancelled = fact("cancelled", { lineId: "502", qty: 1 });
    expect(build(order, [cancelled])).toMatchObject({ status: "open", collect: "100.00" });
    expect(build(order, [...packed({ 503: 1 }), cancelled])).toMatchObject({ collect: "100.00" });
    expect(build(order, [...handOver("P1", { 503: 1 }), cancelled])).toMatchObject({
      labels: { P1: "100.00" },
      collect: "100.00",
    });
  });
});

describe("goods sent again collect all, the parcel that failed nothing", () => {
  const lines = [line("501", { price: "1000.00", unfulfilledQuantity: 0 })];
  const again = (more: OrderSketch = {}) => codOrder({ lines, ...more });

  test("Shopify cancelled the fulfilment on its way and made another", () => {
    const order = again({
      fulfillments: [fulfillment("71", { 501: 1 }, { status: "CANCELLED" }), fulfillment("72", { 501: 1 })],
    });
    expect(build(order)).toMatchObject({
      labels: { 71: "0.00", 72: "1000.00" },
      collect: "1000.00",
      status: "shipped",
    });
  });

  test.each(["rto_received", "lost", "rto_initiated"])("the ERP's first parcel: %s", (kind) => {
    const facts = [...handOver("P1", { 501: 1 }), noted(kind, "P1"), ...handOver("P2", { 501: 1 }, null, 4)];
    const built = build(again(), facts);
    expect(built).toMatchObject({
      labels: { P1: "0.00", P2: "1000.00" },
      collect: "1000.00",
      status: "shipped",
    });
    expect(built.rows.lines).toMatchObject([{ shippedQty: 1, rtoQty: 0 }]);
  });

  test("the second comes back too: nothing is left to collect", () => {
    const facts = [
      ...[...handOver("P1", { 501: 1 }), noted("rto_received", "P1")],
      ...[...handOver("P2", { 501: 1 }, null, 4), noted("rto_received", "P2", 5)],
    ];
    expect(build(again(), facts)).toMatchObject({
      labels: { P1: "0.00", P2: "0.00" },
      collect: "0.00",
      status: "rto",
    });
  });

  test("one of two units goes out again: half", () => {
    const two = codOrder({ lines: [line("501", { quantity: 2, unfulfilledQuantity: 0 })] });
    const facts = [
      ...handOver("P1", { 501: 2 }),
      noted("rto_received", "P1"),
      ...handOver("P2", { 501: 1 }, null, 4),
    ];
    const built = build(two, facts);
    expect(built).toMatchObject({ labels: { P1: "0.00", P2: "500.00" }, collect: "500.00" });
    expect(built.rows.lines).toMatchObject([{ shippedQty: 2, rtoQty: 1 }]);
  });
});
