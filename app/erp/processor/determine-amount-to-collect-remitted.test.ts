import { expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { build, codOrder, fact, line, packed } from "#tests/fixtures/a-cod-order.ts";
import { handOver, on } from "#tests/fixtures/fact-rows.ts";

const receipt = (amount: string, known: boolean): FactRow[] => [
  fact("receipt", { parcelId: "P1", details: { receiptId: "r1", amount } }),
  ...(known ? [fact("receipt_written_back", { details: { receiptId: "r1" }, at: on(9) })] : []),
];
const goods = (price: string) => [line("501", { unfulfilledQuantity: 0 }), line("502", { price })];
const before = [...handOver("P1", { 501: 1 })];

// 501 of 500.00 and 50.00 of shipping were collected by P1, the only parcel there was; 502 came by an edit since.
test.each([
  ["known to Shopify", true, "300.00"],
  ["not told yet", false, "850.00"],
])("units added after a parcel was paid ask for no more than Shopify does: %s", (_, known, outstanding) => {
  const order = codOrder({ lines: goods("300.00"), total: "850.00", outstanding });
  for (const facts of [[], packed({ 502: 1 })])
    expect(build(order, [...before, ...receipt("550.00", known), ...facts])).toMatchObject({
      labels: { P1: "0.00" },
      collect: "300.00",
    });
});

// Each parcel was to collect 500.00; P1 did, then 502 was made cheaper by 200.00.
test("a reduction of what is still here, after a parcel was paid, is all off its label", () => {
  const order = codOrder({ lines: goods("500.00"), total: "800.00", outstanding: "300.00" });
  const facts = [...before, ...receipt("500.00", true), ...packed({ 502: 1 })];
  expect(build(order, facts)).toMatchObject({ labels: { P1: "0.00" }, collect: "300.00" });
  expect(build(order, facts, { roundRupees: "up" }).collect).toBe("300.00");
});
