import { addPairs, ZERO, type MoneyPair } from "#app/lib/money.ts";
import type { DecodedFulfillmentOrder } from "./decode-fulfillment-order.ts";
import {
  collectFulfillmentLines,
  fillLines,
  hasMoved,
  mergeFulfillment,
  type ToldFulfillment,
} from "./merge-fulfillments.ts";
import { mergeRefunds } from "./merge-refunds.ts";
import { mergeReturns } from "./merge-returns.ts";
import { newestFirst, type SlotTime } from "./newest-first.ts";
import type { DecodedOrder, OrderCustomer } from "./order-parts.ts";

export type OrderSlot = SlotTime & { decoded: DecodedOrder };

/** Parts that not every shape carries. */
export type OrderPart =
  | "customer"
  | "returnStatus"
  | "transactions"
  | "received"
  | "refunded"
  | "outstanding"
  | "refundTotals"
  | "refundLines"
  | "returns"
  | "fulfillmentLines";

/** All that Shopify's payloads say of one order. */
export type OrderSnapshot = DecodedOrder & {
  /** Every payment gateway any payload named, sorted: this only grows, whichever payload is the newest. */
  gatewaysSeen: string[];
  /** Fulfilments that any payload showed in a carrier's hands, sorted; only grows. */
  movedFulfillments: string[];
  /** Why Shopify holds it back: the reasons of its open fulfilment orders, sorted. */
  holds: string[];
  /** Fulfilments that no carrier takes (pick-up, counter, digital), as their fulfilment orders tell; sorted. */
  withoutCarrier: string[];
  /** True when the payments come from an older payload and the newest says that money has moved since. */
  paymentsAreStale: boolean;
  /** Parts the newest payload does not carry, and the shape (or "fulfillment_order") that told them. */
  partSources?: PartSources;
};

type PartSources = Partial<Record<OrderPart, string>>;

/**
 * The slots of one order as one snapshot (law 3): header and lines from the newest payload; what it does not carry,
 * part by part, from the newest that does, so that a poorer shape never erases a part. A pure function of the set:
 * the order of arrival (and of the arguments) cannot matter.
 * @param slots at least one, at most one of each shape
 * @param fulfillmentOrders all of this order; they tell the lines of fulfilments, and Shopify's holds
 */
export function mergeOrderSlots(
  slots: readonly OrderSlot[],
  fulfillmentOrders: readonly DecodedFulfillmentOrder[],
): OrderSnapshot {
  const [first] = slots;
  if (first === undefined) throw new Error("mergeOrderSlots needs at least one slot");
  const fromOrders = readFulfillmentOrders(fulfillmentOrders);
  if (slots.length === 1) return snapshotOfOne(first.decoded, fulfillmentOrders, fromOrders);

  const told = newestFirst(slots);
  const [newest = first, ...older] = told;
  const { decoded } = newest;
  const sources: PartSources = {};
  const part = <T>(name: OrderPart, read: (order: DecodedOrder) => T | undefined): T | undefined => {
    const known = told.find((slot) => read(slot.decoded) !== undefined);
    if (known === undefined) return undefined;
    if (known !== newest) sources[name] = known.shape;
    return read(known.decoded);
  };
  const customer = part("customer", (order) => order.customer);
  const refunds = mergeRefunds(told.map(({ shape, decoded: { refunds } }) => ({ shape, refunds })));
  if (refunds.totalsFrom !== undefined) sources.refundTotals = refunds.totalsFrom;
  if (refunds.linesFrom !== undefined) sources.refundLines = refunds.linesFrom;
  const returns = mergeReturns(told.map(({ shape, decoded: { returns } }) => ({ shape, returns })));
  if (returns !== undefined && returns.from !== newest.shape) sources.returns = returns.from;
  const snapshot: OrderSnapshot = {
    ...decoded,
    customer: customer && mergeCustomer(customer, told),
    returnStatus: part("returnStatus", (order) => order.returnStatus),
    totals: {
      ...decoded.totals,
      tip: tellTip(decoded, older),
      adjustments: part("refundLines", (order) => order.totals.adjustments),
      received: part("received", (order) => order.totals.received),
      refunded: part("refunded", (order) => order.totals.refunded),
      outstanding: part("outstanding", (order) => order.totals.outstanding ?? nothingLeft(order)),
    },
    fees: newest.shape === "rest" ? tellFees(decoded, older) : decoded.fees,
    transactions: part("transactions", (order) => order.transactions),
    refunds: refunds.refunds,
    returns: returns?.returns,
    fulfillments: mergeFulfillments(told, collectFulfillmentLines(fulfillmentOrders), sources),
    gatewaysSeen: sortedSet(told.flatMap((slot) => slot.decoded.gateways)),
    movedFulfillments: sortedSet(told.flatMap((slot) => movedIds(slot.decoded))),
    unknownValues: sortedSet(told.flatMap((slot) => slot.decoded.unknownValues)),
    paymentsAreStale: moneyMoved(
      decoded,
      told.find((slot) => slot.decoded.transactions !== undefined),
    ),
    ...fromOrders,
  };
  if (Object.keys(sources).length > 0) snapshot.partSources = sources;
  return snapshot;
}

type FromFulfillmentOrders = Pick<OrderSnapshot, "holds" | "withoutCarrier">;

/** Most orders of a dump: one payload, nothing to compare. */
function snapshotOfOne(
  decoded: DecodedOrder,
  fulfillmentOrders: readonly DecodedFulfillmentOrder[],
  fromOrders: FromFulfillmentOrders,
): OrderSnapshot {
  const fulfillments = fillLines(decoded.fulfillments, fulfillmentOrders);
  const snapshot: OrderSnapshot = {
    ...decoded,
    gatewaysSeen: sortedSet(decoded.gateways),
    movedFulfillments: movedIds(decoded),
    paymentsAreStale: false,
    ...fromOrders,
  };
  if (decoded.totals.outstanding === undefined && nothingLeft(decoded))
    snapshot.totals = { ...decoded.totals, outstanding: ZERO };
  if (fulfillments !== decoded.fulfillments) {
    snapshot.fulfillments = fulfillments;
    snapshot.partSources = FROM_FULFILLMENT_ORDERS;
  }
  return snapshot;
}

const FROM_FULFILLMENT_ORDERS: PartSources = Object.freeze({ fulfillmentLines: "fulfillment_order" });

/** A webhook of an order in two currencies cannot say what is left to pay, except when nothing is. */
function nothingLeft({ financialStatus }: DecodedOrder): MoneyPair | undefined {
  return financialStatus === "PAID" || financialStatus === "VOIDED" || financialStatus === "REFUNDED"
    ? ZERO
    : undefined;
}

/** Whether money has moved between the payload that tells the payments and the newest, as far as that can say. */
function moneyMoved(newest: DecodedOrder, teller: OrderSlot | undefined): boolean {
  if (teller === undefined || teller.decoded === newest) return false;
  const then = teller.decoded;
  const left = newest.totals.outstanding ?? nothingLeft(newest);
  const leftThen = then.totals.outstanding;
  return (
    newest.financialStatus !== then.financialStatus ||
    newest.refunds.length !== then.refunds.length ||
    newest.totals.currentTotal.shop !== then.totals.currentTotal.shop ||
    newest.gateways.length !== then.gateways.length ||
    (left !== undefined && leftThen !== undefined && left.shop !== leftThen.shop)
  );
}

function movedIds({ fulfillments }: DecodedOrder): string[] {
  if (fulfillments.length === 0) return NOBODY;
  const moved = fulfillments.filter(hasMoved).map(({ id }) => id);
  return moved.length < 2 ? moved : moved.sort();
}

const NOBODY: string[] = [];

/** Each field from the newest payload that carries it, as long as it is the same person. */
function mergeCustomer(customer: OrderCustomer, told: readonly OrderSlot[]): OrderCustomer {
  const merged: OrderCustomer = { id: customer.id };
  for (const { decoded } of told.toReversed()) {
    if (decoded.customer?.id !== customer.id) continue;
    const fields: Record<string, unknown> = decoded.customer;
    for (const field in fields)
      if (fields[field] !== undefined) Object.assign(merged, { [field]: fields[field] });
  }
  return merged;
}

function mergeFulfillments(
  told: readonly OrderSlot[],
  linesOf: ReturnType<typeof collectFulfillmentLines>,
  sources: PartSources,
): DecodedOrder["fulfillments"] {
  const [newest, ...older] = told;
  if (newest === undefined) return [];
  return newest.decoded.fulfillments.map((part) => {
    const others = older.flatMap(({ shape, decoded }): ToldFulfillment[] => {
      const fulfillment = decoded.fulfillments.find(({ id }) => id === part.id);
      return fulfillment ? [{ shape, fulfillment }] : [];
    });
    const { fulfillment, linesFrom } = mergeFulfillment(
      [{ shape: newest.shape, fulfillment: part }, ...others],
      linesOf.get(part.id),
    );
    if (linesFrom !== undefined) sources.fulfillmentLines = linesFrom;
    return fulfillment;
  });
}

/** A webhook tells a tip in the shop's currency only: the same tip, told in both, says more. */
function tellTip({ totals }: DecodedOrder, older: readonly OrderSlot[]): MoneyPair {
  if (totals.tip.shop === 0 || totals.tip.presentment !== 0) return totals.tip;
  return (
    older.find(({ decoded }) => decoded.totals.tip.shop === totals.tip.shop)?.decoded.totals.tip ?? totals.tip
  );
}

/** A webhook tells additional fees as one sum: the same sum, told by name, says more. */
function tellFees({ fees }: DecodedOrder, older: readonly OrderSlot[]): DecodedOrder["fees"] {
  if (fees.length === 0) return fees;
  const sum = sumOf(fees);
  const named = older.find(({ shape, decoded }) => {
    const other = sumOf(decoded.fees);
    return shape !== "rest" && other.shop === sum.shop && other.presentment === sum.presentment;
  });
  return named?.decoded.fees ?? fees;
}

function sumOf(fees: DecodedOrder["fees"]): MoneyPair {
  return fees.reduce((sum, fee) => addPairs(sum, fee.amount), ZERO);
}

/** Fulfilment orders that are done hold nothing back. */
function readFulfillmentOrders(fulfillmentOrders: readonly DecodedFulfillmentOrder[]): FromFulfillmentOrders {
  if (fulfillmentOrders.length === 0) return NO_FULFILLMENT_ORDERS;
  return {
    holds: sortedSet(
      fulfillmentOrders.flatMap(({ status, holds }) =>
        status === "CLOSED" || status === "CANCELLED" ? [] : holds,
      ),
    ),
    withoutCarrier: sortedSet(
      fulfillmentOrders.flatMap(({ methodType, fulfillments }) =>
        methodType !== null && WITHOUT_CARRIER.has(methodType) ? fulfillments.map(({ id }) => id) : [],
      ),
    ),
  };
}

const NO_FULFILLMENT_ORDERS: FromFulfillmentOrders = { holds: [], withoutCarrier: [] };

/** Ways goods reach a buyer without a carrier (Admin API, DeliveryMethodType). */
const WITHOUT_CARRIER = new Set(["NONE", "PICK_UP", "RETAIL"]);

function sortedSet(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].sort();
}
