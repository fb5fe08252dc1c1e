import { describe, expect, test } from "vitest";
import { refund, rupees } from "#tests/order-shapes/an-order-slot.ts";
import { mergeRefunds, type ToldRefunds } from "./merge-refunds.ts";
import type { RefundPart } from "./order-parts.ts";

const told = (shape: string, ...refunds: RefundPart[]): ToldRefunds => ({ shape, refunds });
const goods = [{ lineId: "501", qty: 1, restockType: "RETURN", subtotal: rupees(100), tax: rupees(5) }];
const others = [{ lineId: "502", qty: 2, restockType: "CANCEL", subtotal: rupees(80), tax: rupees(4) }];
const taxed = [{ subtotal: rupees(49), tax: rupees(9) }];
const untaxed = [{ subtotal: rupees(49), tax: undefined }];
/** All that can be told of one refund. */
const whole: Partial<RefundPart> = {
  ...{ total: rupees(163), returnId: "31", lines: goods, shipping: taxed, duties: [rupees(7)] },
  adjustments: [{ reason: "REFUND_DISCREPANCY", amount: rupees(-3), tax: rupees(0) }],
};
const FIELDS = Object.keys(whole) as (keyof RefundPart)[];

describe("which refunds there are is the newest payload's word", () => {
  test.each<[string, ToldRefunds[], string[]]>([
    ["no payload", [], []],
    ["none yet", [told("rest")], []],
    [
      "one that older payloads do not know",
      [told("rest", refund("5"), refund("6")), told("bulk", refund("5"))],
      ["5", "6"],
    ],
    [
      "one that only an older payload has is gone",
      [told("rest", refund("6")), told("bulk", refund("5"), refund("6"))],
      ["6"],
    ],
    [
      "in the newest payload's order",
      [told("rest", refund("6"), refund("5")), told("bulk", refund("5"), refund("6"))],
      ["6", "5"],
    ],
  ])("%s", (_what, payloads, ids) => {
    expect(mergeRefunds(payloads).refunds.map(({ id }) => id)).toEqual(ids);
  });
});

describe("what the newest does not tell of a refund, any other tells", () => {
  test.each(FIELDS)("%s", (field) => {
    const newest = { ...refund("5", whole), [field]: undefined };
    expect(mergeRefunds([told("rest", newest), told("detail", refund("5", whole))]).refunds).toEqual([
      refund("5", whole),
    ]);
    expect(
      mergeRefunds([told("rest", newest), told("bulk"), told("detail", refund("5", whole))]).refunds[0],
      "a payload without the refund is passed over",
    ).toEqual(refund("5", whole));
    expect(
      mergeRefunds([told("rest", newest), told("detail", refund("6", whole))]).refunds,
      "another refund's parts are not this one's",
    ).toEqual([newest]);
  });

  test("each part from the newest that has it", () => {
    const merged = mergeRefunds([
      told("rest", refund("5", { lines: goods })),
      told("detail", refund("5", { lines: others, shipping: taxed, total: rupees(1) })),
      told("bulk", refund("5", { shipping: [], total: rupees(2), returnId: null })),
    ]);
    expect(merged.refunds).toEqual([
      refund("5", { lines: goods, shipping: taxed, total: rupees(1), returnId: null }),
    ]);
  });

  test("nothing, told as such, is told: no goods, no shipping, no return", () => {
    const nothing = refund("5", {
      ...{ total: rupees(0), lines: [], shipping: [] },
      ...{ adjustments: [], duties: [], returnId: null },
    });
    const merged = mergeRefunds([told("rest", nothing), told("detail", refund("5", whole))]);
    expect(merged).toEqual({ refunds: [nothing] });
  });

  test("when it was made stays the newest's word", () => {
    const one = refund("5", { createdAt: "2026-11-02T10:00:00Z" });
    const merged = mergeRefunds([
      told("rest", one),
      told("bulk", refund("5", { createdAt: "2026-11-01T10:00:00Z" })),
    ]);
    expect(merged.refunds).toEqual([one]);
  });
});

describe("shipping given back is told only with its tax", () => {
  test.each<[string, RefundPart["shipping"], RefundPart["shipping"], RefundPart["shipping"]]>([
    ["the newest with, an older without", taxed, untaxed, taxed],
    ["the newest without, an older with", untaxed, taxed, taxed],
    ["both without", untaxed, [{ subtotal: rupees(50), tax: undefined }], untaxed],
    ["the newest not at all, an older without", undefined, untaxed, untaxed],
    ["one line of two without", [...taxed, ...untaxed], [...taxed, ...taxed], [...taxed, ...taxed]],
    ["the newest says there is none", [], taxed, []],
    ["nobody says anything", undefined, undefined, undefined],
  ])("%s", (_what, newest, older, expected) => {
    const merged = mergeRefunds([
      told("rest", refund("5", { shipping: newest })),
      told("bulk", refund("5", { shipping: older })),
    ]);
    expect(merged.refunds[0]?.shipping).toEqual(expected);
  });

  test("one that tells it with its tax goes before a newer one that does not", () => {
    const merged = mergeRefunds([
      told("rest", refund("5")),
      told("bulk", refund("5", { shipping: untaxed })),
      told("detail", refund("5", { shipping: taxed })),
    ]);
    expect(merged.refunds[0]?.shipping).toEqual(taxed);
  });
});

describe("who told it", () => {
  test("is said of the sums and of the goods, where it was not the newest", () => {
    const { totalsFrom, linesFrom } = mergeRefunds([
      told("detail", refund("5")),
      told("rest", refund("5", { lines: goods })),
      told("bulk", refund("5", { total: rupees(100) })),
    ]);
    expect([totalsFrom, linesFrom]).toEqual(["bulk", "rest"]);
  });

  test("is nobody, where the newest or none tells it", () => {
    expect(mergeRefunds([told("detail", refund("5", whole)), told("bulk", refund("5", whole))])).toEqual({
      refunds: [refund("5", whole)],
    });
    expect(mergeRefunds([told("rest", refund("5")), told("bulk", refund("5"))])).toEqual({
      refunds: [refund("5")],
    });
  });
});

test("the payloads themselves stay as they were", () => {
  const payloads = [told("rest", refund("5")), told("bulk", refund("5", whole))];
  const before = structuredClone(payloads);
  mergeRefunds(payloads);
  expect(payloads).toEqual(before);
});
