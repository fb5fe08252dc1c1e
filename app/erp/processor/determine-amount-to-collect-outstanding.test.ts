import { describe, expect, test } from "vitest";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { SENT, UPDATED_AT, awbs, build, codOrder, fact, fulfillment } from "#tests/fixtures/a-cod-order.ts";
import type { Json } from "#tests/fixtures/a-fulfillment.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { handOver, on } from "#tests/fixtures/fact-rows.ts";
import { aRestLine, decodeRest, set, type Patch } from "#tests/order-shapes/a-rest-order.ts";

const receipt = (amount: string, parcelId: string | null, writtenBackAt: string | null = null): FactRow[] => [
  fact("receipt", { parcelId, details: { receiptId: `of ${String(parcelId)}`, amount } }),
  ...(writtenBackAt === null
    ? []
    : [
        fact("receipt_written_back", { details: { receiptId: `of ${String(parcelId)}` }, at: writtenBackAt }),
      ]),
];

describe("money that came counts once", () => {
  const order = (outstanding: string) => codOrder({ lines: SENT, outstanding });
  const parcels = [...handOver("P1", { 501: 1 }), ...handOver("P2", { 502: 1 }, null, 3)];

  test.each<[string, string, FactRow[], Json, string]>([
    [
      "P1 remitted, Shopify not told",
      "1000.00",
      receipt("500.00", "P1"),
      { P1: "0.00", P2: "500.00" },
      "500.00",
    ],
    [
      "told, and this payload knows",
      "500.00",
      receipt("500.00", "P1", on(9)),
      { P1: "0.00", P2: "500.00" },
      "500.00",
    ],
    [
      "told at the payload's own moment",
      "500.00",
      receipt("500.00", "P1", UPDATED_AT),
      { P1: "0.00", P2: "500.00" },
      "500.00",
    ],
    [
      "told, after this payload",
      "1000.00",
      receipt("500.00", "P1", on(11)),
      { P1: "0.00", P2: "500.00" },
      "500.00",
    ],
    ["P1 remitted in part", "1000.00", receipt("300.00", "P1"), { P1: "200.00", P2: "500.00" }, "700.00"],
    [
      "in part, and known",
      "700.00",
      receipt("300.00", "P1", on(9)),
      { P1: "200.00", P2: "500.00" },
      "700.00",
    ],
    [
      "remitted too much: never below nothing, and nobody else's",
      "1000.00",
      receipt("700.00", "P1"),
      { P1: "0.00", P2: "500.00" },
      "500.00",
    ],
    ["too much, and known", "300.00", receipt("700.00", "P1", on(9)), { P1: "0.00", P2: "500.00" }, "500.00"],
    [
      "both remitted",
      "1000.00",
      [...receipt("500.00", "P1"), ...receipt("500.00", "P2")],
      { P1: "0.00", P2: "0.00" },
      "0.00",
    ],
    [
      "paid by a link: all labels less",
      "1000.00",
      receipt("400.00", null),
      { P1: "300.00", P2: "300.00" },
      "600.00",
    ],
    [
      "by a link, and known",
      "600.00",
      receipt("400.00", null, on(9)),
      { P1: "300.00", P2: "300.00" },
      "600.00",
    ],
    ["by a link, too much", "1000.00", receipt("1200.00", null), { P1: "0.00", P2: "0.00" }, "0.00"],
    [
      "remitted for a parcel nobody knows: the order's",
      "1000.00",
      receipt("400.00", "P9"),
      { P1: "300.00", P2: "300.00" },
      "600.00",
    ],
    [
      "by a link, and P1 remitted the rest of its share",
      "1000.00",
      [...receipt("400.00", null), ...receipt("300.00", "P1")],
      { P1: "0.00", P2: "300.00" },
      "300.00",
    ],
  ])("%s", (_what, outstanding, facts, labels, collect) => {
    expect(build(order(outstanding), [...parcels, ...facts])).toMatchObject({ labels, collect });
  });

  test("a remittance booked on the fulfilment counts for the parcel it is, before and after hand-over", () => {
    const both = codOrder({ lines: SENT, fulfillments: [fulfillment("71", { 501: 1 }, awbs("a-1"))] });
    const boxed = [...handOver("P1", { 501: 1 }, "A1"), ...handOver("P2", { 502: 1 }, null, 3)];
    const booked = receipt("500.00", "71");
    for (const facts of [
      [...boxed, ...booked],
      [...booked, ...boxed],
    ])
      expect(build(both, facts).labels).toEqual({ P1: "0.00", P2: "500.00" });
  });
});

describe("an order in two currencies is collected in the customer's", () => {
  const abroad = (patch: Patch = {}, updatedAt = "2026-11-02T10:00:00Z") => ({
    ...{ shape: "rest", shopifyUpdatedAt: updatedAt, triggeredAt: null },
    decoded: decodeRest({
      ...{ id: 1001, admin_graphql_api_id: "gid://shopify/Order/1001", updated_at: updatedAt },
      ...{ presentment_currency: "USD", payment_gateway_names: ["Cash on Delivery (COD)"] },
      ...{ financial_status: "pending", total_price: "1000.00", total_price_set: set("1000.00", "12.00") },
      current_total_price_set: set("1000.00", "12.00"),
      line_items: [
        aRestLine({ variant_id: 90, price_set: set("1000.00", "12.00"), fulfillable_quantity: 1 }),
      ],
      ...patch,
    }),
  });
  const pair = (shop: string, presentment: string) => ({
    shopMoney: { amount: shop, currencyCode: "INR" },
    presentmentMoney: { amount: presentment, currencyCode: "USD" },
  });
  const dumped = {
    ...{ shape: "bulk", shopifyUpdatedAt: "2026-11-01T10:00:00Z", triggeredAt: null },
    decoded: decodeOrderNode(
      anOrder({
        financialStatus: "PARTIALLY_PAID",
        extra: {
          ...{ presentmentCurrencyCode: "USD", totalOutstandingSet: pair("800.00", "9.60") },
          ...{ totalPriceSet: pair("1000.00", "12.00"), currentTotalPriceSet: pair("1000.00", "12.00") },
        },
      }),
    ),
  };
  const unknown = { collect: "0.00", holds: ["amount_unknown"], status: "on_hold" };

  test("a webhook alone: all of it is still to pay, so the customer's total is", () => {
    const built = build(mergeOrderSlots([abroad({ total_outstanding: "1000.00" })], []));
    expect(built).toMatchObject({ collect: "12.00", holds: [], status: "open", needsFetch: null });
  });

  test.each(["999.99", "300.00"])(
    "a webhook alone, %s of it left: nobody guesses, Shopify is asked, the order waits",
    (left) => {
      const built = build(mergeOrderSlots([abroad({ total_outstanding: left })], []));
      expect(built).toMatchObject(unknown);
      expect(built.needsFetch).toContain("What is left to pay");
    },
  );

  test.each<[string, Patch, object]>([
    [
      "the same amount left: the dump's word stands",
      { total_outstanding: "800.00" },
      { collect: "9.60", holds: [] },
    ],
    ["another amount left: unknown again", { total_outstanding: "300.00" }, unknown],
    ["all left again", { total_outstanding: "1000.00" }, { collect: "12.00", holds: [] }],
    ["nothing left", { total_outstanding: "0.00" }, { collect: "0.00", holds: [] }],
    ["paid, the amount not told", { financial_status: "paid" }, { collect: "0.00", holds: [] }],
    ["voided", { financial_status: "voided" }, { collect: "0.00", holds: [] }],
    ["all given back", { financial_status: "refunded" }, { collect: "0.00", holds: [] }],
    ["no word on it", {}, { collect: "9.60", holds: [] }],
  ])("a webhook after a dump that told 800.00 and 9.60: %s", (_what, patch, expected) => {
    const built = build(
      mergeOrderSlots([dumped, abroad({ financial_status: "partially_paid", ...patch })], []),
    );
    expect(built).toMatchObject(expected);
    expect(built.needsFetch?.includes("What is left to pay") ?? false).toBe(expected === unknown);
  });

  test("a dump after that webhook tells it again", () => {
    const order = mergeOrderSlots(
      [dumped, abroad({ total_outstanding: "300.00" }, "2026-10-31T10:00:00Z")],
      [],
    );
    expect(order.totals.outstanding).toEqual({ shop: 80000, presentment: 960 });
  });
});
