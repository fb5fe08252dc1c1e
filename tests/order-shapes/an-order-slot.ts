import type { OrderSlot } from "#app/shopify/codecs/order-slot.ts";
import type {
  DecodedFulfillmentOrder,
  DecodedOrder,
  FulfillmentPart,
  RefundPart,
} from "#app/shopify/codecs/order-parts.ts";
import type { MoneyPair } from "#app/lib/money.ts";
import { decodeRest } from "./a-rest-order.ts";

export const rupees = (amount: number): MoneyPair => ({ shop: amount * 100, presentment: amount * 100 });

const decoded = (patch: Partial<DecodedOrder> = {}): DecodedOrder => ({ ...decodeRest(), ...patch });
/** The totals of the least order, with some changed. */
export const totals = (patch: Partial<DecodedOrder["totals"]>): DecodedOrder["totals"] => ({
  ...decoded().totals,
  ...patch,
});

/** `hour`: when Shopify says the payload was true. */
export const slot = (shape: string, hour: number | null, patch: Partial<DecodedOrder> = {}): OrderSlot => ({
  shape,
  shopifyUpdatedAt: hour === null ? null : new Date(Date.UTC(2026, 10, 1, hour)),
  triggeredAt: null,
  decoded: decoded(patch),
});

export const parcel = (id: string, patch: Partial<FulfillmentPart> = {}): FulfillmentPart => ({
  id,
  name: null,
  status: "SUCCESS",
  deliveryStatus: null,
  createdAt: null,
  updatedAt: null,
  inTransitAt: null,
  deliveredAt: null,
  locationId: null,
  totalQty: undefined,
  tracking: [],
  lines: undefined,
  ...patch,
});

/** One line of a fulfilment. */
export const line = (lineId: string, qty: number): { lineId: string; qty: number } => ({ lineId, qty });

export const fulfillmentOrder = (patch: Partial<DecodedFulfillmentOrder>): DecodedFulfillmentOrder => ({
  id: "1",
  updatedAt: null,
  status: "OPEN",
  methodType: null,
  locationId: null,
  holds: [],
  fulfillments: [],
  ...patch,
});

/** A refund of which only the money is known, as bulk tells it. */
export const refund = (id: string, patch: Partial<RefundPart> = {}): RefundPart => ({
  id,
  createdAt: null,
  total: undefined,
  returnId: undefined,
  lines: undefined,
  shipping: undefined,
  adjustments: undefined,
  duties: undefined,
  ...patch,
});
