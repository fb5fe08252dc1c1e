import { lineUnsent, refundableUnits } from "#simulator/store/draw-refunds.ts";
import type { OrderDraft, RestockType } from "#simulator/store/order-draft.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import type { RecordRandom } from "#simulator/store/random.ts";
import type { LiveShop } from "./live-shop.ts";
import type { Act } from "./perform-act.ts";

export type OrderActKind =
  | "pay"
  | "fulfil"
  | "news"
  | "cancel"
  | "cancelParcel"
  | "refund"
  | "edit"
  | "return"
  | "returnStep"
  | "hold"
  | "release"
  | "delete";

/** How many orders are looked at; few have a return or a hold that could go on. */
const TRIES = 12;
const RARE: Partial<Record<OrderActKind, number>> = { returnStep: 60, release: 40 };

/** Something of a kind that can happen to one of the orders of the pool; null when none of those looked at is ready for it. */
export function drawOrderAct(
  shop: LiveShop,
  random: RecordRandom,
  pool: readonly string[],
  kind: OrderActKind,
  drawVariant: () => string | null,
): Act | null {
  for (let k = 0; k < (RARE[kind] ?? TRIES) && pool.length > 0; k++) {
    const draft = shop.store.draftOf(pool[random.between(0, pool.length - 1)] ?? "");
    if (draft === null || (draft.cancelledMs !== null && kind !== "delete")) continue;
    const act = NEXT[kind](draft, random, drawVariant);
    if (act !== null) return act;
  }
  return null;
}

type Draw = (draft: OrderDraft, random: RecordRandom, drawVariant: () => string | null) => Act | null;

const NEXT: Readonly<Record<OrderActKind, Draw>> = {
  pay: (draft) => {
    const owed = computePayments(draft, computeCharges(draft).currentTotal).outstanding;
    const asked = draft.transactions.some((one) => one.status === "PENDING" || one.kind === "AUTHORIZATION");
    // What is paid at the door is paid when it was delivered.
    const atDoor = draft.transactions.some((one) => one.manual && one.status === "PENDING");
    const there = draft.fulfillments.some((one) => one.deliveredMs !== null);
    return owed[1] > 0 && asked && (!atDoor || there) ? { act: "payOrder", order: draft.gid } : null;
  },
  fulfil: (draft, random) => {
    const open = draft.fulfillmentOrders.find(
      (one) =>
        (one.status === "OPEN" || one.status === "IN_PROGRESS") &&
        one.lines.some((line) => line.remaining > 0),
    );
    if (!open) return null;
    const order = draft.gid;
    const first = open.lines.find((line) => line.remaining > 0);
    if (first && open.lines.length > 1 && random.chance(0.25))
      return {
        act: "fulfilOrder",
        order,
        fulfillmentOrder: open.gid,
        lines: [{ line: first.line, quantity: 1 }],
      };
    return { act: "fulfilOrder", order };
  },
  news: (draft, random) => {
    const parcel = draft.fulfillments.find((one) => one.status === "SUCCESS" && one.deliveredMs === null);
    if (!parcel) return null;
    const fulfillment = parcel.gid;
    if (random.chance(0.1))
      return {
        act: "updateFulfillment",
        fulfillment,
        tracking: { company: "Delhivery", number: random.digits(13), url: null },
      };
    const event =
      parcel.inTransitMs === null ? "IN_TRANSIT" : random.chance(0.15) ? "ATTEMPTED_DELIVERY" : "DELIVERED";
    return { act: "updateFulfillment", fulfillment, event };
  },
  cancel: (draft, random) => {
    if (draft.returns.some((one) => one.status === "OPEN" || one.status === "REQUESTED")) return null;
    const delivered = draft.fulfillments.some((one) => one.deliveredMs !== null && one.status === "SUCCESS");
    if (delivered) return null;
    const reason = random.pick(["CUSTOMER", "CUSTOMER", "INVENTORY", "FRAUD", "OTHER", "STAFF"] as const);
    return { act: "cancelOrder", order: draft.gid, reason, restock: random.chance(0.9) };
  },
  cancelParcel: (draft) => {
    const parcel = draft.fulfillments.find((one) => one.status === "SUCCESS" && one.deliveredMs === null);
    return parcel ? { act: "updateFulfillment", fulfillment: parcel.gid, cancel: true } : null;
  },
  refund: (draft, random) => {
    const restock: RestockType = random.weighted([
      ["RETURN", 60],
      ["CANCEL", 25],
      ["NO_RESTOCK", 15],
    ]);
    const line = draft.lines.findIndex((one) => refundableUnits(one, restock) > 0);
    const { net } = computePayments(draft, computeCharges(draft).currentTotal);
    if (line < 0 || net[1] <= 0) return null;
    return {
      act: "refundOrder",
      order: draft.gid,
      lines: [{ line, quantity: 1, restock }],
      shipping: random.chance(0.15),
      note: random.chance(0.3) ? "Size issue – refunded ₹ to source" : null,
    };
  },
  edit: (draft, random, drawVariant) => {
    if (draft.closedMs !== null || draft.lines.length > 24) return null;
    const lower = draft.lines.findIndex((one) => refundableUnits(one, "CANCEL") > 0);
    const units = draft.lines.reduce((sum, one) => sum + (one.isTip ? 0 : lineUnsent(one)), 0);
    if (lower >= 0 && units > 1 && random.chance(0.5))
      return { act: "editOrder", order: draft.gid, lower: [{ line: lower, quantity: 1 }] };
    const variant = drawVariant();
    return variant === null ? null : { act: "editOrder", order: draft.gid, add: [{ variant, quantity: 1 }] };
  },
  returnStep: (draft, random) => {
    const order = draft.gid;
    const back = draft.returns.find((one) => one.status === "REQUESTED" || one.status === "OPEN");
    if (back?.status === "REQUESTED")
      return {
        act: "returnOrder",
        order,
        return: back.gid,
        step: random.chance(0.85) ? "approve" : "decline",
      };
    if (back) {
      const done = back.lines.every((one) => one.processed === one.quantity);
      const step = done ? "close" : "process";
      return {
        act: "returnOrder",
        order,
        return: back.gid,
        step,
        ...(done ? {} : { refund: random.chance(0.9) }),
      };
    }
    return null;
  },
  return: (draft, random) => {
    const line = draft.lines.findIndex((one) => refundableUnits(one, "RETURN") > 0);
    if (line < 0) return null;
    const step = random.chance(0.7) ? "request" : "create";
    return { act: "returnOrder", order: draft.gid, step, lines: [{ line, quantity: 1 }] };
  },
  hold: (draft) =>
    draft.fulfillmentOrders.some(
      (one) => one.status === "OPEN" && one.lines.some((line) => line.remaining > 0),
    )
      ? { act: "holdFulfillment", order: draft.gid }
      : null,
  release: (draft) =>
    draft.fulfillmentOrders.some((one) => one.status === "ON_HOLD")
      ? { act: "releaseHold", order: draft.gid }
      : null,
  delete: (draft) =>
    draft.closedMs !== null || draft.cancelledMs !== null ? { act: "deleteOrder", order: draft.gid } : null,
};
