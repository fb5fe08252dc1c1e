import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromMinor, toMinor } from "#app/lib/money.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { aRestLine, decodeRest, set, type Patch } from "#tests/order-shapes/a-rest-order.ts";
import { buildOrderData } from "./build-order-data.ts";

type Units = Readonly<Record<string, number>>;
type Json = Record<string, unknown>;

const sku = { skuId: "sku", skuCode: null, productId: "p" };
const on = (day: number) => `2026-11-${String(day).padStart(2, "0")}T09:00:00.000Z`;
const UPDATED_AT = "2026-11-10T09:00:00.000Z";

const detail = (sketch: OrderSketch) => ({
  ...{ shape: "detail", shopifyUpdatedAt: sketch.updatedAt ?? null, triggeredAt: null },
  decoded: decodeOrderNode(anOrder(sketch)),
});
/** An order of 1,000.00, cash on delivery: by default two lines of 500.00 each. */
const codOrder = (sketch: OrderSketch = {}): OrderSnapshot =>
  mergeOrderSlots([detail({ total: "1000.00", updatedAt: UPDATED_AT, lines: TWO, ...sketch })], []);
const line = (id: string, more: LineSketch = {}): LineSketch => ({
  id,
  price: "500.00",
  variantId: "90",
  ...more,
});
const TWO = [line("501"), line("502")];
const SENT = TWO.map((one) => ({ ...one, unfulfilledQuantity: 0 }));

const fulfillment = (id: string, units: Units | null, more: Json = {}): Json => ({
  id: `gid://shopify/Fulfillment/${id}`,
  ...{ status: "SUCCESS", displayStatus: "IN_TRANSIT", createdAt: on(Number(id.slice(-1))) },
  totalQuantity: Object.values(units ?? { 0: 1 }).reduce((sum, qty) => sum + qty, 0),
  ...(units && {
    fulfillmentLineItems: Object.entries(units).map(([lineId, quantity]) => ({
      quantity,
      lineItem: { id: `gid://shopify/LineItem/${lineId}` },
    })),
  }),
  ...more,
});
const awbs = (...numbers: string[]): Json => ({ trackingInfo: numbers.map((number) => ({ number })) });

const fact = (kind: string, more: Partial<FactRow> = {}): FactRow => ({
  ...{ kind, lineId: null, parcelId: null, qty: null, details: {}, at: on(3) },
  ...more,
});
const handOver = (parcelId: string, units: Units, awbNumber: string | null = null, day = 2): FactRow[] =>
  Object.entries(units).map(([lineId, qty]) =>
    fact("handed_over", { parcelId, lineId, qty, details: { awbNumber }, at: on(day) }),
  );
const noted = (kind: string, parcelId: string, day = 3) => fact(kind, { parcelId, at: on(day) });
/** The steps of packing, for units of a line. */
const packed = (units: Units): FactRow[] =>
  Object.entries(units).flatMap(([lineId, qty]) =>
    ["allocated", "picked", "packed"].map((kind) => fact(kind, { lineId, qty })),
  );
const receipt = (amount: string, parcelId: string | null, writtenBackAt: string | null = null): FactRow[] => [
  fact("receipt", { parcelId, details: { receiptId: `of ${String(parcelId)}`, amount } }),
  ...(writtenBackAt === null
    ? []
    : [
        fact("receipt_written_back", { details: { receiptId: `of ${String(parcelId)}` }, at: writtenBackAt }),
      ]),
];

function build(order: OrderSnapshot, facts: FactRow[] = [], settings: Partial<ShopSettings> = {}) {
  const { rows, needsFetch } = buildOrderData(order, {
    ...{ shop: "one.myshopify.com", now: new Date(on(12)), cutOverAt: null },
    settings: { ...defaultSettings, ...settings },
    skus: { byVariantId: new Map([["90", sku]]), bySkuCode: new Map(), byMapping: new Map() },
    customers: new Map(),
    stored: new Map(),
    facts: new Map([[order.id, readOrderFacts(facts)]]),
  });
  return {
    ...{ rows, needsFetch, status: rows.order.status, collect: rows.order.amountToCollect },
    labels: Object.fromEntries(rows.parcels.map(({ id, amountToCollect }) => [id, amountToCollect])),
    holds: (JSON.parse(rows.order.holds) as { kind: string }[]).map(({ kind }) => kind),
  };
}

describe("who is asked for money at all", () => {
  test.each<[string, OrderSketch, FactRow[], string]>([
    ["cash on delivery: what is outstanding", { outstanding: "800.00" }, [], "800.00"],
    [
      "paid since: nothing, though it stays COD",
      { outstanding: "0.00", financialStatus: "PAID" },
      [],
      "0.00",
    ],
    ["paid too much: nothing", { outstanding: "-50.00" }, [], "0.00"],
    ["prepaid: nothing, whatever is outstanding", { gateways: ["Razorpay"] }, [], "0.00"],
    ["cancelled: nothing", { cancelledAt: on(9) }, [], "0.00"],
    ["a person says prepaid", {}, [fact("payment_method", { details: { method: "Prepaid" } })], "0.00"],
    [
      "a person says COD",
      { gateways: ["Razorpay"] },
      [fact("payment_method", { details: { method: "COD" } })],
      "1000.00",
    ],
  ])("%s", (_what, sketch, facts, collect) => {
    expect(build(codOrder(sketch), facts).collect).toBe(collect);
  });
});

describe("each label says its share, by the worth of the goods", () => {
  test.each<[string, OrderSketch, FactRow[], Json, string]>([
    [
      "two parcels",
      { lines: SENT, fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })] },
      [],
      { 71: "500.00", 72: "500.00" },
      "1000.00",
    ],
    [
      "one on its way, the rest to be sent",
      { fulfillments: [fulfillment("71", { 501: 1 })] },
      [],
      { 71: "500.00" },
      "1000.00",
    ],
    [
      "worth is after discounts",
      {
        ...{
          total: "600.00",
          lines: [line("501", { price: "600.00", discounts: ["300.00"] }), line("502", { price: "300.00" })],
        },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
      },
      [],
      { 71: "300.00", 72: "300.00" },
      "600.00",
    ],
    [
      "what the labels cannot share evenly goes to the paisa to one of them",
      {
        ...{ total: "100.00", lines: ["501", "502", "503"].map((id) => line(id, { price: "1.00" })) },
        fulfillments: [
          fulfillment("71", { 501: 1 }),
          fulfillment("72", { 502: 1 }),
          fulfillment("73", { 503: 1 }),
        ],
      },
      [],
      { 71: "33.33", 72: "33.34", 73: "33.33" },
      "100.00",
    ],
    [
      "only shipping to pay: the parcels share it",
      {
        ...{ total: "49.00", lines: [line("501", { price: "0.00" }), line("502", { price: "0.00" })] },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
      },
      [],
      { 71: "24.50", 72: "24.50" },
      "49.00",
    ],
    [
      "only shipping to pay and nothing sent",
      { total: "49.00", lines: [line("501", { price: "0.00" })] },
      [],
      {},
      "49.00",
    ],
    [
      "parcels whose goods nobody told yet share evenly what the others leave",
      { lines: SENT, fulfillments: [fulfillment("71", null), fulfillment("72", null)] },
      [],
      { 71: "500.00", 72: "500.00" },
      "1000.00",
    ],
    [
      "beside one whose goods are known",
      {
        ...{
          total: "2000.00",
          lines: ["501", "502", "503"].map((id) => line(id, { unfulfilledQuantity: 0 })),
        },
        fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", null), fulfillment("73", null)],
      },
      [],
      { 71: "666.67", 72: "666.66", 73: "666.67" },
      "2000.00",
    ],
    [
      "a unit taken off before sending has no share",
      {
        ...{ total: "1000.00", currentTotal: "500.00", outstanding: "500.00" },
        lines: [
          line("501", { unfulfilledQuantity: 0 }),
          line("502", { currentQuantity: 0, unfulfilledQuantity: 0 }),
        ],
        fulfillments: [fulfillment("71", { 501: 1 })],
      },
      [],
      { 71: "500.00" },
      "500.00",
    ],
    [
      "one fulfilment in two boxes: by what each holds",
      {
        lines: [
          line("501", { price: "300.00", unfulfilledQuantity: 0 }),
          line("502", { price: "700.00", unfulfilledQuantity: 0 }),
        ],
        fulfillments: [fulfillment("71", { 501: 1, 502: 1 }, awbs("A1", "A2"))],
      },
      [...handOver("P1", { 501: 1 }, "A1"), ...handOver("P2", { 502: 1 }, "A2")],
      { P1: "300.00", P2: "700.00" },
      "1000.00",
    ],
  ])("%s", (_what, sketch, facts, labels, collect) => {
    expect(build(codOrder(sketch), facts)).toMatchObject({ labels, collect });
  });

  test("whatever is sent, packed or waiting: the shares add up to exactly what is outstanding", () => {
    const qty = fc.integer({ min: 1, max: 5 });
    const price = fc.integer({ min: 0, max: 99_999 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(qty, price, fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 500_000 }),
        (drawn, outstanding) => {
          const lines = drawn.map(([quantity, minor, out], i) => ({
            ...line(String(501 + i), { price: fromMinor(minor, "INR"), quantity }),
            unfulfilledQuantity: quantity - Math.min(out, quantity),
          }));
          const facts = drawn.flatMap(([quantity, , out, inBox], i) => {
            const id = String(501 + i);
            return [
              ...(out > 0 ? handOver(`P${String(i)}`, { [id]: Math.min(out, quantity) }) : []),
              ...packed({ [id]: inBox }),
            ];
          });
          const { collect, labels } = build(
            codOrder({ lines, outstanding: fromMinor(outstanding, "INR") }),
            facts,
          );
          const sum = Object.values(labels).reduce((minor, label) => minor + toMinor(label, "INR"), 0);
          const allSent = lines.every(({ unfulfilledQuantity }) => unfulfilledQuantity === 0);
          return (
            toMinor(collect, "INR") === outstanding && (allSent ? sum === outstanding : sum <= outstanding)
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a later parcel never changes what an earlier label says", () => {
    const lines = [
      line("501", { price: "333.33" }),
      line("502", { price: "333.33" }),
      line("503", { price: "333.34" }),
    ];
    const one = handOver("P1", { 501: 1 }, null, 2);
    const two = [...one, ...handOver("P2", { 502: 1 }, null, 3)];
    const three = [...two, ...handOver("P0", { 503: 1 }, null, 4)];
    const order = codOrder({ lines, outstanding: "777.77" });
    const [first, second, third] = [one, two, three].map((facts) => build(order, facts).labels);
    expect(second).toMatchObject(first ?? {});
    expect(third).toMatchObject(second ?? {});
  });
});

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

describe("whole rupees, as a setting", () => {
  const order = (currency: string) =>
    codOrder({
      ...{
        currency,
        total: "100.50",
        lines: [line("501", { price: "33.50" }), line("502", { price: "67.00" })],
      },
      fulfillments: [fulfillment("71", { 501: 1 }), fulfillment("72", { 502: 1 })],
    });
  test.each([
    ["INR", "no", { 71: "33.50", 72: "67.00" }, "100.50"],
    ["INR", "nearest", { 71: "34.00", 72: "67.00" }, "101.00"],
    ["INR", "up", { 71: "34.00", 72: "67.00" }, "101.00"],
    ["INR", "down", { 71: "33.00", 72: "67.00" }, "100.00"],
    ["USD", "nearest", { 71: "33.50", 72: "67.00" }, "100.50"],
  ] as const)("%s, %s", (currency, roundRupees, labels, collect) => {
    expect(build(order(currency), [], { roundRupees })).toMatchObject({ labels, collect });
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
