/**
 * Quantities and statuses of an order: Shopify's news and the ERP's own facts, side by side. The one place for
 * rules such as "cancelled after shipping" (docs/order-status.md has them as a table).
 */
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import { gatherParcels, type GatheredParcel } from "#app/erp/parcels/gather-parcels.ts";
import type { ParcelState } from "#app/erp/parcels/parcel-state.ts";
import { determineLineQuantities, sentAgain, type LineState } from "./determine-line-quantities.ts";
import {
  determineShippedQuantities,
  neverFulfilled,
  type ShippedQuantities,
} from "./determine-shipped-quantities.ts";
import type { NotApplied } from "./not-applied.ts";

export type OrderStatus =
  | "open"
  | "on_hold"
  | "partially_shipped"
  | "shipped"
  | "partially_delivered"
  | "delivered"
  | "cancelled"
  | "rto"
  | "partially_returned"
  | "returned";

export type OrderStatusResult = {
  status: OrderStatus;
  /** By line id. */
  lines: ReadonlyMap<string, LineState>;
  shipped: ShippedQuantities;
  /** Line id → units that are out though one side has cancelled them. */
  unwanted: ReadonlyMap<string, number>;
  /** Shopify's news that the quantities do not follow, and why. */
  notApplied: NotApplied[];
};

export type StatusOptions = {
  /** Whether anything holds the order (gateway unknown, line without SKU, …). */
  onHold: boolean;
  /** Created before the cut-over: shown, never allocated. */
  isHistory: boolean;
  now: Date;
  silentAfterDays: number;
};

/** @param facts what the ERP itself did with the order; `NO_FACTS` = nothing */
export function determineOrderStatus(
  order: OrderSnapshot,
  facts: OrderFacts,
  options: StatusOptions,
): OrderStatusResult {
  const notApplied: NotApplied[] = [];
  const shipped = determineShippedQuantities(
    order.lines,
    gatherParcels(order, facts.parcels, { ...options, takenBack: facts.takenBack }),
  );
  for (const parcel of shipped.parcels) tellParcelConflict(parcel, notApplied);
  const { lines, unwanted } = determineLineQuantities(order, facts, shipped, options, notApplied);
  return {
    status: statusOf(order.lines, lines, options.onHold),
    lines,
    shipped,
    unwanted,
    notApplied,
  };
}

function tellParcelConflict(
  { id, left, cancelledInShopify, state, told, erp }: GatheredParcel,
  notApplied: NotApplied[],
): void {
  const word = (of: ParcelState) => of.replaceAll("_", " ");
  if (left && cancelledInShopify)
    notApplied.push({
      rule: "fulfilment-cancelled-after-handover",
      news: "Shopify cancelled the fulfilment",
      fact:
        erp !== null && erp.lines.length > 0
          ? "The ERP handed the parcel over"
          : `A carrier had the parcel (${word(told)})`,
      parcelId: id,
    });
  if (erp !== null && told !== state && (told === "delivered" || told === "rto_initiated"))
    notApplied.push({
      rule: "own-word-on-a-parcel",
      news: `The carrier says: ${word(told)}`,
      fact: `The ERP says: ${word(state)}`,
      parcelId: id,
    });
}

function statusOf(
  parts: readonly OrderLinePart[],
  lines: ReadonlyMap<string, LineState>,
  onHold: boolean,
): OrderStatus {
  // A tip neither opens nor finishes an order, unless there is nothing else.
  const goods = parts.filter((part) => !neverFulfilled(part));
  let live = 0;
  let shipped = 0;
  let delivered = 0;
  let rto = 0;
  let returned = 0;
  for (const part of goods.length > 0 ? goods : parts) {
    const state = lines.get(part.id);
    if (!state) continue;
    const again = sentAgain(part.qty - state.cancelledQty, state);
    live += part.qty - state.cancelledQty;
    shipped += state.shippedQty - again;
    delivered += state.deliveredQty;
    rto += state.rtoQty - again;
    returned += state.returnedQty;
  }
  // A payload that carries no lines says nothing of them.
  if (parts.length === 0) return onHold ? "on_hold" : "open";
  if (live <= 0) return "cancelled";
  if (rto >= live) return "rto";
  if (returned > 0) return returned + rto >= live ? "returned" : "partially_returned";
  if (delivered >= live) return "delivered";
  if (delivered > 0) return "partially_delivered";
  if (shipped >= live) return "shipped";
  if (shipped > 0) return "partially_shipped";
  return onHold ? "on_hold" : "open";
}
