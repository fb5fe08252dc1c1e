import { gidOf } from "../ids.ts";
import { addRefund, cancelAll, owedBack, payBack, refundShipping, refundUnits } from "../draw-refunds.ts";
import { subtractMoney } from "../money.ts";
import type { DraftFulfillment, DraftFulfillmentOrder, OrderDraft } from "../order-draft.ts";
import { computeCharges } from "../order-totals.ts";
import type { JsonReader } from "./json-reader.ts";
import type { OrderReading } from "./read-order-lines.ts";

const RESTOCKS = ["CANCEL", "RETURN", "NO_RESTOCK", "LEGACY_RESTOCK"] as const;

/** The line a part of the file means: by index, id or SKU. */
function findLine(reading: OrderReading, reader: JsonReader, draft: OrderDraft): number {
  const value = reader.given["lineItem"];
  const inner = typeof value === "object" && value !== null ? reader.object("lineItem") : null;
  const named = inner ? reading.context.ids.read(inner, "LineItem") : undefined;
  const sku = inner?.text("sku") ?? reader.text("sku");
  const text = typeof value === "string" ? value : undefined;
  const found = draft.lines.findIndex(
    (line, i) =>
      i === value ||
      line.gid === named ||
      line.gid === text ||
      (sku !== undefined && sku !== null && line.sku === sku),
  );
  return found >= 0 ? found : reader.fail("lineItem", "names no line of this order (by index, id or sku)");
}

/** One fulfilment order holds all lines of an order of a data file. */
export function openFulfillmentOrder(reading: OrderReading, draft: OrderDraft): DraftFulfillmentOrder {
  return {
    gid: gidOf("FulfillmentOrder", reading.n, 0),
    status: "OPEN",
    requestStatus: "UNSUBMITTED",
    location: 0,
    method: {
      gid: gidOf("DeliveryMethod", reading.n),
      type:
        draft.retailLocationGid !== null
          ? "RETAIL"
          : draft.lines.some((line) => line.requiresShipping)
            ? "SHIPPING"
            : "NONE",
    },
    lines: draft.lines.flatMap((line, i) =>
      line.isTip
        ? []
        : [
            {
              gid: gidOf("FulfillmentOrderLineItem", reading.n, i),
              line: i,
              total: line.quantity,
              remaining: line.quantity,
            },
          ],
    ),
    holds: [],
  };
}

function readTracking(reader: JsonReader): DraftFulfillment["tracking"] {
  const info = Array.isArray(reader.given["trackingInfo"])
    ? reader.list("trackingInfo")?.[0]
    : reader.object("trackingInfo");
  return info
    ? {
        company: info.text("company") ?? null,
        number: info.text("number") ?? null,
        url: info.text("url") ?? null,
      }
    : null;
}

/** `fulfillments` as written (without lines: everything still to send); none but FULFILLED: one parcel. */
export function readParcels(reading: OrderReading, order: JsonReader, draft: OrderDraft): JsonReader[] {
  const readers = order.list("fulfillments") ?? [];
  const parcels: { reader: JsonReader | null }[] = readers.map((reader) => ({ reader }));
  if (parcels.length === 0 && order.text("displayFulfillmentStatus") === "FULFILLED")
    parcels.push({ reader: null });
  for (const [place, { reader }] of parcels.entries()) {
    const status = reader?.text("status") === "CANCELLED" ? "CANCELLED" : "SUCCESS";
    const written = reader?.list("fulfillmentLineItems") ?? reader?.list("lineItems");
    const wanted = written?.map((one) => {
      const line = findLine(reading, one, draft);
      return { line, quantity: one.integer("quantity") ?? draft.lines[line]?.quantity ?? 0 };
    });
    const all = draft.lines.flatMap((line, i) =>
      line.isTip || line.quantity <= line.fulfilled
        ? []
        : [{ line: i, quantity: line.quantity - line.fulfilled }],
    );
    const createdMs = reader?.time("createdAt") ?? draft.createdMs + 86_400_000;
    const deliveredMs = reader?.time("deliveredAt") ?? null;
    const lines = (wanted ?? all).map((one) => ({
      ...one,
      gid: gidOf("FulfillmentLineItem", reading.n, place * 32 + one.line),
    }));
    if (status === "SUCCESS") {
      for (const one of lines) {
        const line = draft.lines[one.line];
        const waiting = draft.fulfillmentOrders[0]?.lines.find((each) => each.line === one.line);
        if (line) line.fulfilled += one.quantity;
        if (waiting) waiting.remaining = Math.max(0, waiting.remaining - one.quantity);
      }
    }
    draft.fulfillments.push({
      gid: reader
        ? reading.context.ids.take(reader, "Fulfillment", gidOf("Fulfillment", reading.n, place))
        : gidOf("Fulfillment", reading.n, place),
      fulfillmentOrder: 0,
      name: `${draft.name}-F${String(place + 1)}`,
      status,
      displayStatus: status === "CANCELLED" ? "CANCELED" : deliveredMs === null ? "FULFILLED" : "DELIVERED",
      createdMs,
      updatedMs: reader?.time("updatedAt") ?? deliveredMs ?? createdMs,
      inTransitMs: reader?.time("inTransitAt") ?? null,
      deliveredMs,
      estimatedMs: null,
      location: 0,
      tracking: reader ? readTracking(reader) : null,
      lines,
      events: [],
    });
  }
  const open = draft.fulfillmentOrders[0];
  if (open && draft.fulfillments.some((one) => one.status === "SUCCESS")) {
    open.status = open.lines.every((one) => one.remaining === 0) ? "CLOSED" : "IN_PROGRESS";
  }
  return readers;
}

/** `refunds` as written, and what a cancellation takes away when no refund is written. */
export function readRefunds(reading: OrderReading, order: JsonReader, draft: OrderDraft): JsonReader[] {
  const plan = { n: reading.n };
  const readers = order.list("refunds") ?? [];
  for (const reader of readers) {
    const before = computeCharges(draft).currentTotal;
    const refund = addRefund(
      plan,
      draft,
      reader.time("createdAt") ?? draft.updatedMs,
      reader.text("note") ?? null,
    );
    refund.gid = reading.context.ids.take(reader, "Refund", refund.gid);
    for (const one of reader.list("refundLineItems") ?? []) {
      const place = findLine(reading, one, draft);
      const line = draft.lines[place];
      const told = one.text("restockType");
      const restock =
        RESTOCKS.find((one) => one === told) ?? (line && line.fulfilled > 0 ? "RETURN" : "CANCEL");
      refundUnits(plan, draft, refund, place, one.integer("quantity") ?? line?.quantity ?? 0, restock);
    }
    if (reader.boolean("shipping") === true) refundShipping(plan, draft, refund);
    const worth = subtractMoney(before, computeCharges(draft).currentTotal);
    const amount =
      reader.money(reading.pair, "totalRefundedSet", "totalRefunded", "amount") ?? owedBack(draft);
    const beyond = subtractMoney(amount, worth);
    if (beyond[1] > 0)
      refund.adjustment = {
        gid: gidOf("OrderAdjustment", reading.n, draft.refunds.length - 1),
        amount: [-beyond[0], -beyond[1]],
      };
    if (amount[1] > 0 && !order.has("transactions")) payBack(plan, draft, refund, amount);
    else
      refund.transactions = draft.transactions.filter((one) => one.kind === "REFUND").map((one) => one.gid);
  }
  if (draft.cancelledMs !== null && readers.length === 0) cancelAll(plan, draft, draft.cancelledMs, "RETURN");
  return readers;
}

/** Quantities written on lines stand, whatever refunds and parcels explain. */
export function applyQuantities(order: JsonReader, draft: OrderDraft): void {
  for (const [i, reader] of (order.list("lineItems") ?? []).entries()) {
    const line = draft.lines[i];
    if (!line) continue;
    const current = reader.integer("currentQuantity");
    if (current !== undefined) line.removed = Math.max(0, line.quantity - line.returned - current);
    const unfulfilled = reader.integer("unfulfilledQuantity");
    if (unfulfilled !== undefined) line.fulfilled = Math.max(0, line.quantity - line.removed - unfulfilled);
    const waiting = draft.fulfillmentOrders[0]?.lines.find((one) => one.line === i);
    if (waiting) waiting.remaining = Math.max(0, line.quantity - line.removed - line.fulfilled);
  }
}
