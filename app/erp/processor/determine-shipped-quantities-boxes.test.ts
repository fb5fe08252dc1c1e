import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { holding, type Json } from "#tests/fixtures/a-fulfillment.ts";
import { handOver, type Units } from "#tests/fixtures/fact-rows.ts";
import { awbs, fulfillment, lineOf, shippedOf, takenBack } from "#tests/fixtures/shipped-of.ts";

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
