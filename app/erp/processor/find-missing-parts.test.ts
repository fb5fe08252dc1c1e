import { describe, expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { gatherParcels } from "#app/erp/parcels/gather-parcels.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderSlot } from "#app/shopify/codecs/order-slot.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { aRestLine, decodeRest, set, type Patch } from "#tests/order-shapes/a-rest-order.ts";
import { determineShippedQuantities } from "./determine-shipped-quantities.ts";
import { findMissingParts } from "./find-missing-parts.ts";

type Json = Record<string, unknown>;

const T1 = "2026-11-01T10:00:00Z";
const T2 = "2026-11-02T10:00:00Z";
const PAYMENTS = "What was paid";
const REFUNDS = "What the refunds consist of";
const RETURNS = "What comes back, and what goes out for it";
const WHICH_PARCEL = "Which lines are in which parcel";
const LEFT = "What is left to pay";
const ARRIVAL = "When it was delivered";

/** An orders/updated as an untouched COD order sends it. */
const rest = (patch: Patch = {}, updatedAt = T2): OrderSlot => ({
  ...{ shape: "rest", shopifyUpdatedAt: updatedAt, triggeredAt: null },
  decoded: decodeRest({
    ...{ id: 1001, admin_graphql_api_id: "gid://shopify/Order/1001", updated_at: updatedAt },
    ...{ total_outstanding: "100.00", financial_status: "pending" },
    payment_gateway_names: ["Cash on Delivery (COD)"],
    line_items: [aRestLine({ id: 501, variant_id: 90, fulfillable_quantity: 1 })],
    ...patch,
  }),
});
const node = (shape: string, sketch: OrderSketch = {}, updatedAt = T1): OrderSlot => ({
  ...{ shape, shopifyUpdatedAt: updatedAt, triggeredAt: null },
  decoded: decodeOrderNode(
    anOrder({
      ...{ total: "100.00", updatedAt, lines: [{ id: "501", variantId: "90" }] },
      ...sketch,
      extra: { returnStatus: "NO_RETURN", transactions: [], ...sketch.extra },
    }),
  ),
});
const bulk = (sketch: OrderSketch = {}, updatedAt = T1) => node("bulk", sketch, updatedAt);
const detail = (sketch: OrderSketch = {}, updatedAt = T1) => node("detail", sketch, updatedAt);

function missing(slots: OrderSlot[], facts: FactRow[] = []): string[] {
  const order = mergeOrderSlots(slots, []);
  const gathered = gatherParcels(order, readOrderFacts(facts).parcels, {
    ...{ now: new Date("2026-11-05T12:00:00Z"), silentAfterDays: 10 },
  });
  return findMissingParts(order, determineShippedQuantities(order.lines, gathered))?.split("; ") ?? [];
}

const bag = (amount: string) => ({
  shopMoney: { amount, currencyCode: "INR" },
  presentmentMoney: { amount, currencyCode: "INR" },
});
const lineGid = { id: "gid://shopify/LineItem/501" };
const nodeRefund = (more: Json = {}): Json => ({
  ...{ id: "gid://shopify/Refund/91", createdAt: T1, totalRefundedSet: bag("40.00") },
  ...more,
});
const wholeRefund = nodeRefund({
  refundLineItems: [
    {
      ...{ quantity: 1, restockType: "RETURN" },
      lineItem: lineGid,
      subtotalSet: bag("40.00"),
      totalTaxSet: bag("0.00"),
    },
  ],
  ...{ refundShippingLines: [], orderAdjustments: [], duties: [] },
});
const restRefund = (patch: Patch = {}): Patch => ({
  ...{
    id: 91,
    admin_graphql_api_id: "gid://shopify/Refund/91",
    refund_line_items: [],
    order_adjustments: [],
  },
  ...{ transactions: [], refund_shipping_lines: [] },
  ...patch,
});
const sentLine = { id: "501", variantId: "90", unfulfilledQuantity: 0 };
const parcel = (more: Json = {}): Json => ({
  ...{
    id: "gid://shopify/Fulfillment/71",
    status: "SUCCESS",
    displayStatus: "IN_TRANSIT",
    createdAt: T1,
    totalQuantity: 1,
  },
  trackingInfo: [{ number: "A1", company: null, url: null }],
  ...more,
});
const restParcel = (patch: Patch = {}): Patch => ({
  ...{ id: 71, admin_graphql_api_id: "gid://shopify/Fulfillment/71", status: "success", created_at: T1 },
  ...{ tracking_number: "A1", line_items: [{ id: 501, admin_graphql_api_id: lineGid.id, quantity: 1 }] },
  ...patch,
});
const aReturn = (more: Json = {}): Json => ({
  ...{ id: "gid://shopify/Return/31", name: "#1001-R1", status: "OPEN", createdAt: T1 },
  returnLineItems: [{ quantity: 1, processedQuantity: 0, fulfillmentLineItem: { lineItem: lineGid } }],
  ...more,
});

describe("nothing is missing", () => {
  test.each<[string, OrderSlot[]]>([
    ["an untouched COD order, by webhook", [rest()]],
    [
      "one that was cancelled unpaid, by webhook",
      [rest({ financial_status: "voided", cancelled_at: T2, refunds: [restRefund()] })],
    ],
    ["one without any payment status", [rest({ financial_status: null })]],
    ["a COD order sent, by webhook", [rest({ fulfillments: [restParcel()] })]],
    ["a dump's order", [bulk()]],
    ["a dump's order in one parcel", [bulk({ lines: [sentLine], fulfillments: [parcel()] })]],
    [
      "a fetched order with everything",
      [
        detail({
          lines: [sentLine],
          fulfillments: [parcel({ displayStatus: "DELIVERED", deliveredAt: T1 })],
          extra: {
            returnStatus: "IN_PROGRESS",
            refunds: [wholeRefund],
            returns: [aReturn({ exchangeLineItems: [] })],
          },
        }),
      ],
    ],
    [
      "a paid webhook after a dump that told the payments",
      [
        rest({
          financial_status: "paid",
          total_outstanding: "0.00",
          payment_gateway_names: ["Cash on Delivery (COD)"],
        }),
        bulk({ financialStatus: "PAID", outstanding: "0.00" }),
      ],
    ],
  ])("%s", (_what, slots) => {
    expect(missing(slots)).toEqual([]);
  });
});

describe("what Shopify is asked for, and why", () => {
  const whole = { financialStatus: "PAID", outstanding: "0.00" };
  const paid = { financial_status: "paid", total_outstanding: "0.00" };
  test.each<[string, OrderSlot[], string[]]>([
    ["a body without its lines", [rest({ line_items: undefined })], ["What was ordered"]],
    [
      "two parcels of two lines, in a dump",
      [
        bulk({
          lines: [sentLine, { ...sentLine, id: "502" }],
          fulfillments: [parcel(), parcel({ id: "gid://shopify/Fulfillment/72" })],
        }),
      ],
      [WHICH_PARCEL],
    ],
    [
      "part of an amount in two currencies, by webhook",
      [
        rest({
          presentment_currency: "USD",
          total_price_set: set("100.00", "1.20"),
          total_outstanding: "40.00",
          line_items: [aRestLine({ price_set: set("100.00", "1.20") })],
        }),
      ],
      [LEFT, PAYMENTS],
    ],
    ["paid, by webhook alone", [rest(paid)], [PAYMENTS]],
    [
      "paid in part, by webhook alone",
      [rest({ financial_status: "partially_paid", total_outstanding: "60.00" })],
      [PAYMENTS],
    ],
    ["still called pending, but less is left", [rest({ total_outstanding: "60.00" })], [PAYMENTS]],
    [
      "money given back, by webhook alone",
      [
        rest({
          refunds: [restRefund({ transactions: [{ kind: "refund", status: "success", amount: "40.00" }] })],
        }),
      ],
      [PAYMENTS],
    ],
    ["payments an older dump told, and the webhook says paid since", [rest(paid), bulk()], [PAYMENTS]],
    ["another amount left since", [rest({ total_outstanding: "60.00" }), bulk()], [PAYMENTS]],
    [
      "a gateway more since",
      [rest({ payment_gateway_names: ["Cash on Delivery (COD)", "Razorpay"] }), bulk()],
      [PAYMENTS],
    ],
    ["a refund more since", [rest({ ...paid, refunds: [restRefund()] }), bulk(whole)], [PAYMENTS]],
    ["a refund told by its sum only, in a dump", [bulk({ extra: { refunds: [nodeRefund()] } })], [REFUNDS]],
    [
      "shipping given back without its tax, by webhook",
      [
        rest({
          refunds: [restRefund({ refund_shipping_lines: [{ id: 1, subtotal_amount_set: set("40.00") }] })],
        }),
      ],
      [REFUNDS],
    ],
    [
      "delivered, by webhook",
      [rest({ fulfillments: [restParcel({ shipment_status: "delivered" })] })],
      [ARRIVAL],
    ],
    ["returns the dump could not list", [bulk({ extra: { returnStatus: "IN_PROGRESS" } })], [RETURNS]],
    [
      "a return told by webhook, without its goods",
      [rest({ returns: [{ id: 31, status: "open" }] })],
      [RETURNS],
    ],
    [
      "a return in a dump, without what goes out for it",
      [bulk({ extra: { returnStatus: "IN_PROGRESS", returns: [aReturn()] } })],
      [RETURNS],
    ],
    [
      "several at once",
      [bulk({ extra: { returnStatus: "IN_PROGRESS", transactions: undefined, refunds: [nodeRefund()] } })],
      [PAYMENTS, REFUNDS, RETURNS],
    ],
  ])("%s", (_what, slots, reasons) => {
    expect(missing(slots)).toEqual(reasons);
  });
});

describe("what another payload told is not asked for again", () => {
  test.each<[string, OrderSlot[]]>([
    ["the lines", [rest({ line_items: undefined }), bulk()]],
    [
      "the parcels' lines",
      [
        bulk(
          {
            lines: [sentLine, { ...sentLine, id: "502" }],
            fulfillments: [parcel(), parcel({ id: "gid://shopify/Fulfillment/72" })],
          },
          T2,
        ),
        rest(
          {
            fulfillments: [
              restParcel(),
              restParcel({
                id: 72,
                admin_graphql_api_id: "gid://shopify/Fulfillment/72",
                line_items: [{ id: 502, admin_graphql_api_id: "gid://shopify/LineItem/502", quantity: 1 }],
              }),
            ],
          },
          T1,
        ),
      ],
    ],
    [
      "the goods of a refund",
      [bulk({ extra: { refunds: [nodeRefund()] } }, T2), rest({ refunds: [restRefund()] }, T1)],
    ],
    [
      "the tax of a refund's shipping",
      [
        rest({
          refunds: [restRefund({ refund_shipping_lines: [{ id: 1, subtotal_amount_set: set("40.00") }] })],
        }),
        detail({
          extra: {
            refunds: [
              {
                ...wholeRefund,
                refundShippingLines: [{ subtotalAmountSet: bag("40.00"), taxAmountSet: bag("2.00") }],
              },
            ],
          },
        }),
      ],
    ],
    [
      "when it was delivered",
      [
        rest({ fulfillments: [restParcel({ shipment_status: "delivered" })] }),
        bulk({ lines: [sentLine], fulfillments: [parcel({ displayStatus: "DELIVERED", deliveredAt: T1 })] }),
      ],
    ],
    [
      "what comes back",
      [
        rest({ returns: [{ id: 31, admin_graphql_api_id: "gid://shopify/Return/31", status: "open" }] }),
        detail({ extra: { returnStatus: "IN_PROGRESS", returns: [aReturn({ exchangeLineItems: [] })] } }),
      ],
    ],
  ])("%s", (_what, slots) => {
    expect(missing(slots)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ["asked for", "REQUESTED", []],
    ["declined", "DECLINED", []],
    ["canceled", "CANCELED", []],
    ["open", "OPEN", [RETURNS]],
    ["closed", "CLOSED", [RETURNS]],
  ])("nothing goes out for a return that is only %s", (_what, status, reasons) => {
    expect(
      missing([bulk({ extra: { returnStatus: "IN_PROGRESS", returns: [aReturn({ status })] } })]),
    ).toEqual(reasons);
  });
});

describe("what the ERP or the kind of delivery tells needs no asking", () => {
  test("it packed the boxes", () => {
    const slots = [
      bulk({
        lines: [sentLine, { ...sentLine, id: "502" }],
        fulfillments: [parcel(), parcel({ id: "gid://shopify/Fulfillment/72", trackingInfo: [] })],
      }),
    ];
    const handOver: FactRow = {
      ...{ kind: "handed_over", lineId: "501", parcelId: "P1", qty: 1, details: { awbNumber: "A1" } },
      at: "2026-11-01T09:00:00.000Z",
    };
    expect(missing(slots)).toEqual([WHICH_PARCEL]);
    expect(missing(slots, [handOver])).toEqual([]);
  });

  test("it saw the parcel arrive", () => {
    const slots = [rest({ fulfillments: [restParcel({ shipment_status: "delivered" })] })];
    const delivered: FactRow = {
      ...{ kind: "delivered", lineId: null, parcelId: "71", qty: null, details: {} },
      at: "2026-11-02T09:00:00.000Z",
    };
    expect(missing(slots, [delivered])).toEqual([]);
  });

  test.each([
    ["PICK_UP", []],
    ["SHIPPING", [ARRIVAL]],
  ])("delivered, and the way of delivery is %s", (methodType, reasons) => {
    const fulfillmentOrders = [
      {
        ...{ id: "gid://shopify/FulfillmentOrder/1", status: "CLOSED", deliveryMethod: { methodType } },
        fulfillments: [{ id: "gid://shopify/Fulfillment/71" }],
      },
    ];
    const fulfillments = [restParcel({ tracking_number: null, shipment_status: "delivered" })];
    expect(missing([rest({ fulfillments }), detail({ extra: { fulfillmentOrders } })])).toEqual(reasons);
  });

  test("sold over the counter it was delivered at once", () => {
    const fulfillments = [restParcel({ tracking_number: null })];
    expect(missing([rest({ source_name: "pos", fulfillments })])).toEqual([]);
  });
});
