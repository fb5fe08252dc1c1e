import { describe, expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderSlot } from "#app/shopify/codecs/order-slot.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { aRestLine, decodeRest, set } from "#tests/order-shapes/a-rest-order.ts";
import { buildOrderData } from "./build-order-data.ts";
import { findHolds, type Hold } from "./find-holds.ts";

const sku = { skuId: "sku", skuCode: null, productId: "p" };
const LINES = [{ id: "501", price: "100.00", variantId: "90" }];
const UPDATED_AT = "2026-11-02T10:00:00Z";

const slotOf = (sketch: OrderSketch, shape = "bulk"): OrderSlot => ({
  ...{ shape, shopifyUpdatedAt: sketch.updatedAt ?? UPDATED_AT, triggeredAt: null },
  decoded: decodeOrderNode(anOrder({ total: "100.00", lines: LINES, updatedAt: UPDATED_AT, ...sketch })),
});
const restSlot = (updatedAt = UPDATED_AT, patch: object = {}): OrderSlot => ({
  ...{ shape: "rest", shopifyUpdatedAt: updatedAt, triggeredAt: null },
  decoded: decodeRest({
    ...{ id: 1001, admin_graphql_api_id: "gid://shopify/Order/1001", updated_at: updatedAt },
    ...{
      total_outstanding: "100.00",
      payment_gateway_names: ["cash_on_delivery"],
      financial_status: "pending",
    },
    line_items: [aRestLine({ id: 501, variant_id: 90, fulfillable_quantity: 1 })],
    ...patch,
  }),
});
const held = (reasons: string[], more: object = {}) =>
  decodeFulfillmentOrder(
    JSON.stringify({
      ...{ id: "gid://shopify/FulfillmentOrder/1", status: "ON_HOLD", updatedAt: UPDATED_AT },
      fulfillmentHolds: reasons.map((displayReason) => ({ displayReason })),
      ...more,
    }),
  );
const released = (...holds: string[]): FactRow[] =>
  holds.map((hold) => ({
    ...{ kind: "hold_released", lineId: null, parcelId: null, qty: null, details: { hold } },
    at: "2026-11-02T11:00:00.000Z",
  }));

type Case = {
  slots?: OrderSlot[];
  fulfillmentOrders?: ReturnType<typeof held>[];
  settings?: Partial<ShopSettings>;
  facts?: FactRow[];
  cutOverAt?: Date | null;
};

function build({
  slots = [slotOf({})],
  fulfillmentOrders = [],
  settings = {},
  facts = [],
  cutOverAt = null,
}: Case) {
  const order = mergeOrderSlots(slots, fulfillmentOrders);
  const { rows } = buildOrderData(order, {
    ...{ shop: "one.myshopify.com", now: new Date("2026-11-05T12:00:00Z"), cutOverAt },
    settings: { ...defaultSettings, ...settings },
    skus: { byVariantId: new Map([["90", sku]]), bySkuCode: new Map(), byMapping: new Map() },
    ...{ customers: new Map(), stored: new Map() },
    facts: new Map([[order.id, readOrderFacts(facts)]]),
  });
  return { status: rows.order.status, holds: JSON.parse(rows.order.holds) as Hold[] };
}
const kindsOf = (what: Case) => build(what).holds.map(({ kind }) => kind);

const codConfirmation = { required: true, confirmedTags: ["COD confirmed", "confirmed"] };
const abroad = restSlot(UPDATED_AT, {
  ...{ presentment_currency: "USD", total_price_set: set("100.00", "1.20"), total_outstanding: "40.00" },
  line_items: [
    aRestLine({ id: 501, variant_id: 90, price_set: set("100.00", "1.20"), fulfillable_quantity: 1 }),
  ],
});
/** One order for each kind of hold. */
const HELD: Record<Hold["kind"], Case> = {
  shopify: {
    slots: [slotOf({ extra: { displayFulfillmentStatus: "ON_HOLD" } })],
    fulfillmentOrders: [held(["Address unclear"])],
  },
  amount_unknown: { slots: [abroad] },
  unknown_gateway: { slots: [slotOf({ gateways: ["Wallet of Mars", "Razorpay"] })] },
  payment_unknown: { slots: [slotOf({ gateways: [], financialStatus: null })] },
  cod_unconfirmed: { settings: { codConfirmation } },
  no_sku: {
    slots: [
      slotOf({
        lines: [
          ...LINES,
          { id: "511", title: "Stitching", variantId: null, price: "0.00" },
          { id: "512", title: "Lining", variantId: null, price: "0.00" },
        ],
      }),
    ],
  },
  money_difference: { slots: [slotOf({ total: "100.05" })], settings: { holdOnMoneyDifference: true } },
};
const KINDS = Object.keys(HELD) as Hold["kind"][];
/** What a release of it names, by the fixture's own ids and amounts; null where no release helps. */
const KEYS: Record<Hold["kind"], string | null> = {
  ...{ shopify: null, amount_unknown: null, unknown_gateway: null, payment_unknown: null },
  ...{
    cod_unconfirmed: "cod_unconfirmed",
    no_sku: "no_sku-511-512",
    money_difference: "money_difference 5/5 0/0 0/0",
  },
};
const keyOf = (kind: Hold["kind"]) => KEYS[kind];
const RELEASABLE = KINDS.filter((kind) => KEYS[kind] !== null);
const allKeys = KINDS.flatMap((kind) => KEYS[kind] ?? kind);

test("an order that nothing holds is open", () => {
  expect(build({})).toEqual({ status: "open", holds: [] });
});

describe("each hold has its words and says who may release it", () => {
  test.each<[Hold["kind"], string, RegExp]>([
    ["shopify", "Held in Shopify: Address unclear", /in Shopify/],
    ["amount_unknown", "What is left to pay in the customer's currency is not known yet", /Shopify is asked/],
    ["unknown_gateway", "Unknown payment gateway: Wallet of Mars", /gateway rule, or set the payment method/],
    [
      "payment_unknown",
      "Nobody knows yet how this order is paid",
      /Wait for the payment, or set the payment method/,
    ],
    [
      "cod_unconfirmed",
      "Cash on delivery not confirmed",
      /tag the order COD confirmed or confirmed in Shopify/,
    ],
    ["no_sku", "No SKU for: Stitching, Lining", /edit the order in Shopify/],
    [
      "money_difference",
      "The amounts do not add up to Shopify's total",
      /checks the amounts: mend the order in Shopify/,
    ],
  ])("%s", (kind, words, releasedBy) => {
    expect(build(HELD[kind])).toEqual({
      status: "on_hold",
      holds: [{ kind, key: keyOf(kind), words, releasedBy: expect.stringMatching(releasedBy) as string }],
    });
  });

  test("several hold it together", () => {
    const slots = [
      slotOf({ total: "100.05", lines: [...LINES, { title: "Lining", variantId: null, price: "0.00" }] }),
    ];
    expect(
      kindsOf({ ...HELD.shopify, slots, settings: { codConfirmation, holdOnMoneyDifference: true } }),
    ).toEqual([...["shopify", "cod_unconfirmed", "no_sku", "money_difference"]]);
  });
});

describe("a person's release", () => {
  test.each(RELEASABLE)("lets go of %s", (kind) => {
    expect(build({ ...HELD[kind], facts: released(keyOf(kind) ?? "") })).toEqual({
      status: "open",
      holds: [],
    });
  });

  test.each(KINDS.filter((kind) => KEYS[kind] === null))(
    "cannot let go of %s: only Shopify, a rule or a word on the method can",
    (kind) => {
      expect(kindsOf({ ...HELD[kind], facts: released(...KINDS, ...allKeys) })).toEqual([kind]);
    },
  );

  test.each(KINDS)("of every other kind leaves %s", (kind) => {
    const others = allKeys.filter((key) => key !== keyOf(kind));
    expect(kindsOf({ ...HELD[kind], facts: released(...others) })).toEqual([kind]);
  });

  test("covers what was seen: another line without SKU, another difference hold anew", () => {
    const more = slotOf({
      lines: [
        ...LINES,
        ...["511", "512", "513"].map((id) => ({ id, title: "Lining", variantId: null, price: "0.00" })),
      ],
    });
    expect(kindsOf({ slots: [more], facts: released(...allKeys) })).toEqual(["no_sku"]);
    const off = { ...HELD.money_difference, slots: [slotOf({ total: "100.07" })] };
    expect(kindsOf({ ...off, facts: released(...allKeys) })).toEqual(["money_difference"]);
  });

  test.each(["unknown_gateway", "payment_unknown"] as const)(
    "is also the word on the payment method: %s",
    (kind) => {
      const said = { ...released("")[0], kind: "payment_method", details: { method: "Prepaid" } } as FactRow;
      expect(build({ ...HELD[kind], facts: [said] })).toMatchObject({ status: "open", holds: [] });
    },
  );
});

describe("what is no hold", () => {
  test.each<[string, Case]>([
    [
      "an unknown gateway, all paid",
      { slots: [slotOf({ gateways: ["Wallet of Mars"], outstanding: "0.00", financialStatus: "PAID" })] },
    ],
    ["an unknown gateway beside COD", { slots: [slotOf({ gateways: ["Wallet of Mars", "cod"] })] }],
    [
      "no gateway, nothing to pay",
      {
        slots: [
          slotOf({
            gateways: [],
            financialStatus: null,
            total: "0.00",
            lines: [{ ...LINES[0], price: "0.00" }],
          }),
        ],
      },
    ],
    ["COD that nobody has to confirm", {}],
    [
      "COD confirmed by a tag, written otherwise",
      { settings: { codConfirmation }, slots: [slotOf({ extra: { tags: ["cod-CONFIRMED"] } })] },
    ],
    [
      "prepaid needs no confirmation",
      {
        settings: { codConfirmation },
        slots: [slotOf({ gateways: ["Razorpay"], outstanding: "0.00", financialStatus: "PAID" })],
      },
    ],
    [
      "an amount unknown that nobody collects",
      { slots: [{ ...abroad, decoded: { ...abroad.decoded, gateways: ["Razorpay"] } }] },
    ],
    [
      "a service without a SKU",
      { slots: [slotOf({ lines: [...LINES, { variantId: null, requiresShipping: false, price: "0.00" }] })] },
    ],
    [
      "goods without a SKU that are not to be sent any more",
      {
        slots: [
          slotOf({
            lines: [...LINES, { variantId: null, unfulfilledQuantity: 0, currentQuantity: 0, price: "0.00" }],
          }),
        ],
      },
    ],
    ["a difference, unless the shop wants it", { slots: [slotOf({ total: "100.05" })] }],
  ])("%s", (_what, what) => {
    expect(kindsOf(what)).toEqual([]);
  });
});

describe("what Shopify holds", () => {
  const onHold = { extra: { displayFulfillmentStatus: "ON_HOLD" } };
  const wordsOf = (what: Case) => build(what).holds.map(({ words }) => words);
  const later = "2026-11-03T10:00:00Z";

  test("every reason of every open fulfilment order, each once", () => {
    const fulfillmentOrders = [
      held(["Stock", "Address"]),
      held(["Address"], { id: "gid://shopify/FulfillmentOrder/2" }),
    ];
    expect(wordsOf({ slots: [slotOf(onHold)], fulfillmentOrders })).toEqual([
      "Held in Shopify: Address",
      "Held in Shopify: Stock",
    ]);
  });

  test("an order on hold whose fulfilment orders nobody told is held all the same", () => {
    expect(build({ slots: [slotOf(onHold)] })).toMatchObject({
      status: "on_hold",
      holds: [{ kind: "shopify", key: null, words: "Held in Shopify: no reason told yet" }],
    });
    expect(wordsOf({ slots: [slotOf(onHold)], fulfillmentOrders: [held([], { status: "OPEN" })] })).toEqual([
      "Held in Shopify: no reason told yet",
    ]);
  });

  test.each(["CLOSED", "CANCELLED"])("a fulfilment order that is %s holds nothing", (status) => {
    expect(wordsOf({ slots: [restSlot()], fulfillmentOrders: [held(["Stock"], { status })] })).toEqual([]);
  });

  test.each<[string, OrderSlot[], string[]]>([
    ["a newer dump no longer shows it", [slotOf({ updatedAt: later })], []],
    ["a newer dump still shows it", [slotOf({ ...onHold, updatedAt: later })], ["Held in Shopify: Stock"]],
    ["the dump is as old as the hold", [slotOf({})], ["Held in Shopify: Stock"]],
    ["a newer webhook cannot say", [restSlot(later)], ["Held in Shopify: Stock"]],
    [
      "a newer fetch after a webhook no longer shows it",
      [restSlot(), slotOf({ updatedAt: later }, "detail")],
      [],
    ],
  ])("released, or not: %s", (_what, slots, words) => {
    expect(wordsOf({ slots, fulfillmentOrders: [held(["Stock"])] })).toEqual(words);
  });

  test("a hold that came with a fetch counts as one cached by itself; the newer of the two speaks", () => {
    const fetched = (updatedAt: string, reasons: string[]) =>
      slotOf(
        {
          extra: {
            displayFulfillmentStatus: reasons.length > 0 ? "ON_HOLD" : "UNFULFILLED",
            fulfillmentOrders: [
              {
                ...{
                  id: "gid://shopify/FulfillmentOrder/1",
                  status: reasons.length > 0 ? "ON_HOLD" : "OPEN",
                  updatedAt,
                },
                fulfillmentHolds: reasons.map((displayReason) => ({ displayReason })),
              },
            ],
          },
        },
        "detail",
      );
    expect(wordsOf({ slots: [fetched(UPDATED_AT, ["Fraud"])] })).toEqual(["Held in Shopify: Fraud"]);
    const cached = [held(["Stock"])];
    expect(wordsOf({ slots: [fetched(later, ["Fraud"])], fulfillmentOrders: cached })).toEqual([
      "Held in Shopify: Fraud",
    ]);
    expect(wordsOf({ slots: [fetched(later, [])], fulfillmentOrders: cached })).toEqual([]);
  });
});

test("a fetch that a webhook overtook still tells the hold", () => {
  const fulfillmentOrders = [
    {
      ...{ id: "gid://shopify/FulfillmentOrder/1", status: "ON_HOLD", updatedAt: UPDATED_AT },
      fulfillmentHolds: [{ displayReason: "Fraud" }],
    },
  ];
  const fetched = slotOf({ extra: { displayFulfillmentStatus: "ON_HOLD", fulfillmentOrders } }, "detail");
  expect(kindsOf({ slots: [fetched, restSlot("2026-11-03T10:00:00Z")] })).toEqual(["shopify"]);
});

test.each([
  { shop: 5, presentment: 0 },
  { shop: 0, presentment: 5 },
])("a difference in one of the two currencies is a difference: %j", (difference) => {
  const holds = findHolds(mergeOrderSlots([slotOf({})], []), {
    payment: { paymentMethod: "COD", unknownGateways: [], hold: false },
    ...{ differences: [{ shop: 0, presentment: 0 }, difference], released: new Set<string>() },
    settings: { ...defaultSettings, holdOnMoneyDifference: true },
  });
  expect(holds.map(({ kind }) => kind)).toEqual(["money_difference"]);
});

describe("never held, whatever there is", () => {
  test.each(KINDS)("%s", (kind) => {
    const what = HELD[kind];
    const asTest = (what.slots ?? [slotOf({})]).map((slot) => ({
      ...slot,
      decoded: { ...slot.decoded, test: true },
    }));
    expect(build({ ...what, slots: asTest })).toEqual({ status: "open", holds: [] });
    expect(build({ ...what, cutOverAt: new Date("2026-11-30T00:00:00Z") })).toEqual({
      status: "open",
      holds: [],
    });
  });

  test("orders from the cut-over on are held", () => {
    expect(build({ ...HELD.no_sku, cutOverAt: new Date("2026-11-01T10:00:00Z") }).status).toBe("on_hold");
  });
});

test("a hold that a dump no longer showed stays released when a webhook follows", () => {
  const slots = [slotOf({ updatedAt: "2026-11-03T10:00:00Z" }), restSlot("2026-11-04T10:00:00Z")];
  expect(kindsOf({ slots, fulfillmentOrders: [held(["Stock"])] })).toEqual([]);
});
test("a hold without a told reason stands when a webhook follows, which cannot say", () => {
  const slots = [
    slotOf({ extra: { displayFulfillmentStatus: "ON_HOLD" } }),
    restSlot("2026-11-04T10:00:00Z"),
  ];
  expect(kindsOf({ slots })).toEqual(["shopify"]);
});
test("a hold without a told reason is gone once its fulfilment order is released", () => {
  const slots = [slotOf({ extra: { displayFulfillmentStatus: "ON_HOLD" } })];
  const released = held([], { status: "OPEN", updatedAt: "2026-11-04T10:00:00Z" });
  expect(kindsOf({ slots, fulfillmentOrders: [released] })).toEqual([]);
});
