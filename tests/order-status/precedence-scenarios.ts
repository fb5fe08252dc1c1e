import { buildOrderData } from "#app/erp/processor/build-order-data.ts";
import type { OrderContext } from "#app/erp/processor/order-context.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";

type Json = Record<string, unknown>;

/** Two units of one thing: what Shopify may say of them. */
type Shopify = {
  current?: number;
  unfulfilled?: number;
  parcels?: Json[];
  cancelled?: boolean;
  refund?: { restockType: string; quantity: number };
  held?: boolean;
};

const LINE = "501";
const bag = (amount: string) => ({
  shopMoney: { amount, currencyCode: "INR" },
  presentmentMoney: { amount, currencyCode: "INR" },
});
const parcel = (qty: number, more: Json = {}): Json => ({
  id: "gid://shopify/Fulfillment/71",
  status: "SUCCESS",
  displayStatus: "FULFILLED",
  createdAt: "2026-11-02T10:00:00Z",
  updatedAt: "2026-11-02T10:00:00Z",
  totalQuantity: qty,
  trackingInfo: [{ company: "Delhivery", number: "AWB-S", url: null }],
  fulfillmentLineItems: [
    {
      id: "gid://shopify/FulfillmentLineItem/81",
      quantity: qty,
      lineItem: { id: `gid://shopify/LineItem/${LINE}` },
    },
  ],
  ...more,
});
const moving = { displayStatus: "IN_TRANSIT", inTransitAt: "2026-11-02T12:00:00Z" };
const arrived = { ...moving, displayStatus: "DELIVERED", deliveredAt: "2026-11-03T12:00:00Z" };
const takenBack = { status: "CANCELLED", displayStatus: "CANCELED" };

/** Rows of the table: Shopify's news. */
export const SHOPIFY: Readonly<Record<string, Shopify>> = {
  "nothing fulfilled": {},
  "on hold in Shopify": { held: true },
  "fulfilled, no news of a carrier": { unfulfilled: 0, parcels: [parcel(2)] },
  "fulfilled, in transit": { unfulfilled: 0, parcels: [parcel(2, moving)] },
  "fulfilled, delivered": { unfulfilled: 0, parcels: [parcel(2, arrived)] },
  "fulfilled, not delivered (carrier failed)": {
    unfulfilled: 0,
    parcels: [parcel(2, { ...moving, displayStatus: "NOT_DELIVERED" })],
  },
  "1 of 2 fulfilled, in transit": { unfulfilled: 1, parcels: [parcel(1, moving)] },
  "1 of 2 fulfilled, delivered": { unfulfilled: 1, parcels: [parcel(1, arrived)] },
  "fulfilment cancelled, never moved": { parcels: [parcel(2, takenBack)] },
  "fulfilment cancelled, had been in transit": { parcels: [parcel(2, { ...moving, ...takenBack })] },
  "1 of 2 taken off by an edit": { current: 1, unfulfilled: 1 },
  "1 of 2 refunded before shipping": {
    current: 1,
    unfulfilled: 1,
    refund: { restockType: "CANCEL", quantity: 1 },
  },
  "1 of 2 refunded before shipping, no restock": {
    current: 1,
    unfulfilled: 1,
    refund: { restockType: "NO_RESTOCK", quantity: 1 },
  },
  "1 of 2 refunded after shipping, no restock": {
    current: 1,
    unfulfilled: 0,
    parcels: [parcel(2, moving)],
    refund: { restockType: "NO_RESTOCK", quantity: 1 },
  },
  "1 of 2 refunded after delivery, restocked": {
    current: 1,
    unfulfilled: 0,
    parcels: [parcel(2, arrived)],
    refund: { restockType: "RETURN", quantity: 1 },
  },
  "order cancelled, nothing fulfilled": { current: 0, unfulfilled: 0, cancelled: true },
  "order cancelled, in transit": {
    current: 0,
    unfulfilled: 0,
    cancelled: true,
    parcels: [parcel(2, moving)],
  },
  "order cancelled, 1 of 2 in transit": {
    current: 0,
    unfulfilled: 0,
    cancelled: true,
    parcels: [parcel(1, moving)],
  },
  "order cancelled, delivered": {
    current: 0,
    unfulfilled: 0,
    cancelled: true,
    parcels: [parcel(2, arrived)],
  },
  "order and fulfilment cancelled, never moved": {
    current: 0,
    unfulfilled: 0,
    cancelled: true,
    parcels: [parcel(2, takenBack)],
  },
  "order and fulfilment cancelled, had been in transit": {
    current: 0,
    unfulfilled: 0,
    cancelled: true,
    parcels: [parcel(2, { ...moving, ...takenBack })],
  },
};

const line = (kind: string, qty: number): FactRow => ({
  kind,
  lineId: LINE,
  parcelId: null,
  qty,
  details: {},
  at: "2026-11-02T09:00:00.000Z",
});
const handOver = (qty: number): FactRow => ({
  ...line("handed_over", qty),
  parcelId: "P1",
  details: { awbNumber: "awb s" },
});
const ofParcel = (kind: string): FactRow => ({
  kind,
  lineId: null,
  parcelId: "P1",
  qty: null,
  details: {},
  at: "2026-11-04T09:00:00.000Z",
});
const packed = [line("allocated", 2), line("picked", 2), line("packed", 2)];

/** Columns of the table: what the ERP itself did. Its parcel has Shopify's AWB, written another way: they are one. */
export const ERP: Readonly<Record<string, readonly FactRow[]>> = {
  nothing: [],
  allocated: [line("allocated", 2)],
  picked: [line("allocated", 2), line("picked", 2)],
  packed,
  "1 of 2 packed": [line("allocated", 2), line("picked", 1), line("packed", 1)],
  "handed over": [...packed, handOver(2)],
  "1 of 2 handed over": [...packed, handOver(1)],
  delivered: [...packed, handOver(2), ofParcel("delivered")],
  "RTO under way": [...packed, handOver(2), ofParcel("rto_initiated")],
  "RTO received": [...packed, handOver(2), ofParcel("rto_initiated"), ofParcel("rto_received")],
  "2 returned": [
    ...packed,
    handOver(2),
    ofParcel("delivered"),
    { ...ofParcel("return_opened"), details: { caseId: "R1", lines: [{ lineId: LINE, qty: 2 }] } },
    { ...line("returned", 2), details: { caseId: "R1" } },
  ],
  cancelled: [line("cancelled", 2)],
};

function snapshotOf(shopify: Shopify): OrderSnapshot {
  const { current = 2, unfulfilled = 2, parcels = [], cancelled = false, refund, held = false } = shopify;
  const node = anOrder({
    total: "200.00",
    currentTotal: `${String(current * 100)}.00`,
    outstanding: `${String(current * 100)}.00`,
    cancelledAt: cancelled ? "2026-11-05T10:00:00Z" : null,
    lines: [{ id: LINE, quantity: 2, currentQuantity: current, unfulfilledQuantity: unfulfilled }],
    fulfillments: parcels,
    extra: {
      returnStatus: "NO_RETURN",
      refunds: refund
        ? [
            {
              id: "gid://shopify/Refund/91",
              createdAt: "2026-11-05T10:00:00Z",
              totalRefundedSet: bag("100.00"),
              refundLineItems: [
                {
                  ...refund,
                  lineItem: { id: `gid://shopify/LineItem/${LINE}` },
                  subtotalSet: bag("100.00"),
                  totalTaxSet: bag("0.00"),
                },
              ],
              refundShippingLines: [],
              orderAdjustments: [],
            },
          ]
        : [],
    },
  });
  const holds = held
    ? [
        decodeFulfillmentOrder(
          JSON.stringify({
            id: "gid://shopify/FulfillmentOrder/1",
            status: "ON_HOLD",
            fulfillmentHolds: [{ displayReason: "Address" }],
          }),
        ),
      ]
    : [];
  return mergeOrderSlots(
    [{ shape: "detail", shopifyUpdatedAt: null, triggeredAt: null, decoded: decodeOrderNode(node) }],
    holds,
  );
}

function contextOf(facts: readonly FactRow[], more: Partial<OrderContext> = {}): OrderContext {
  const sku = { skuId: "sku", skuCode: null, productId: "p" };
  return {
    shop: "one.myshopify.com",
    now: new Date("2026-11-05T12:00:00Z"),
    settings: defaultSettings,
    cutOverAt: null,
    skus: { byVariantId: new Map([["90", sku]]), bySkuCode: new Map(), byMapping: new Map() },
    customers: new Map(),
    stored: new Map(),
    facts: new Map([["1001", readOrderFacts(facts)]]),
    ...more,
  };
}

/**
 * One cell: `status shipped/delivered/cancelled`, then what is packed, came back or was returned, then `stop` where what is
 * packed must not leave, and the case that is open (`rto`, `return`).
 */
export function cellOf(news: string, did: string): string {
  const { rows } = buildOrderData(snapshotOf(SHOPIFY[news] ?? {}), contextOf(ERP[did] ?? []));
  const [state] = rows.lines;
  if (!state) throw new Error("no line");
  const units = (qty: number, word: string) => (qty > 0 ? [`${word} ${String(qty)}`] : []);
  return [
    rows.order.status,
    [state.shippedQty, state.deliveredQty, state.cancelledQty].join("/"),
    ...units(state.packedQty, "packed"),
    ...units(state.rtoQty, "back"),
    ...units(state.returnedQty, "returned"),
    ...(rows.order.stopShip === null ? [] : ["stop"]),
    ...rows.cases.map(({ kind, state: at }) => `${kind} ${at}`),
  ].join(" · ");
}
