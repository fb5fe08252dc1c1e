import { addPairs, ZERO, type MoneyPair } from "#app/lib/money.ts";
import {
  collectFulfillmentLines,
  fillLines,
  hasMoved,
  mergeFulfillment,
  type ToldFulfillment,
} from "./merge-fulfillments.ts";
import { mergeRefunds } from "./merge-refunds.ts";
import { mergeReturns } from "./merge-returns.ts";
import { newestFirst } from "./newest-first.ts";
import type { OrderSlot } from "./order-slot.ts";
import { gatherFulfillmentOrders, readFulfillmentOrders } from "./read-fulfillment-orders.ts";
import { moneyMoved, nothingLeft, tellOutstanding } from "./tell-outstanding.ts";
import type { AbsentPart, DecodedFulfillmentOrder, DecodedOrder, OrderCustomer } from "./order-parts.ts";

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
  /** When Shopify said that the order is gone; no payload tells that, the entry does. */
  deletedAt?: string | null;
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
  if (slots.length === 1) return snapshotOfOne(first, fulfillmentOrders);

  const told = newestFirst(slots);
  const [newest = first, ...older] = told;
  const decoded = withAbsentLists(newest.decoded, older);
  const fulfilling = gatherFulfillmentOrders(told, fulfillmentOrders);
  const sources: PartSources = {};
  const part = <T>(name: OrderPart, read: (order: DecodedOrder) => T | undefined): T | undefined => {
    const known = told.find((slot) => read(slot.decoded) !== undefined);
    if (known === undefined) return undefined;
    if (known !== newest) sources[name] = known.shape;
    return read(known.decoded);
  };
  const customer = part("customer", (order) => order.customer);
  const whole = [{ ...newest, decoded }, ...older];
  const refunds = mergeRefunds(whole.map(({ shape, decoded: { refunds } }) => ({ shape, refunds })));
  if (refunds.totalsFrom !== undefined) sources.refundTotals = refunds.totalsFrom;
  if (refunds.linesFrom !== undefined) sources.refundLines = refunds.linesFrom;
  const returns = mergeReturns(told.map(({ shape, decoded: { returns } }) => ({ shape, returns })));
  if (returns !== undefined && returns.from !== newest.shape) sources.returns = returns.from;
  const outstanding = tellOutstanding(told);
  if (outstanding && outstanding.shape !== newest.shape) sources.outstanding = outstanding.shape;
  const snapshot: OrderSnapshot = {
    ...decoded,
    customer: customer && mergeCustomer(customer, told),
    // An older word on the returns as a whole is out of date once the newest tells that one of them has changed.
    returnStatus:
      decoded.returnStatus === undefined && returns?.changed
        ? undefined
        : part("returnStatus", (order) => order.returnStatus),
    totals: {
      ...decoded.totals,
      tip: tellTip(decoded, older),
      adjustments: part("refundLines", (order) => order.totals.adjustments),
      received: part("received", (order) => order.totals.received),
      refunded: part("refunded", (order) => order.totals.refunded),
      outstanding: outstanding?.pair,
    },
    fees: newest.shape === "rest" ? tellFees(decoded, older) : decoded.fees,
    transactions: part("transactions", (order) => order.transactions),
    refunds: refunds.refunds,
    returns: returns?.returns,
    fulfillments: mergeFulfillments(whole, collectFulfillmentLines(fulfillmentOrders), sources),
    gatewaysSeen: sortedSet(told.flatMap((slot) => slot.decoded.gateways)),
    movedFulfillments: sortedSet(told.flatMap((slot) => movedIds(slot.decoded))),
    unknownValues: sortedSet(told.flatMap((slot) => slot.decoded.unknownValues)),
    paymentsAreStale: moneyMoved(
      decoded,
      told.find((slot) => slot.decoded.transactions !== undefined),
    ),
    ...readFulfillmentOrders(fulfilling, told),
  };
  if (Object.keys(sources).length > 0) snapshot.partSources = sources;
  return snapshot;
}

/** Most orders of a dump: one payload, nothing to compare. */
function snapshotOfOne(slot: OrderSlot, cached: readonly DecodedFulfillmentOrder[]): OrderSnapshot {
  const { decoded } = slot;
  const fulfilling = gatherFulfillmentOrders([slot], cached);
  const fulfillments = fillLines(decoded.fulfillments, cached);
  const snapshot: OrderSnapshot = {
    ...decoded,
    gatewaysSeen: sortedSet(decoded.gateways),
    movedFulfillments: movedIds(decoded),
    paymentsAreStale: false,
    ...readFulfillmentOrders(fulfilling, [slot]),
  };
  if (decoded.totals.outstanding === undefined && nothingLeft(decoded))
    snapshot.totals = { ...decoded.totals, outstanding: ZERO };
  if (fulfillments !== decoded.fulfillments) {
    snapshot.fulfillments = fulfillments;
    snapshot.partSources = FROM_FULFILLMENT_ORDERS;
  }
  return snapshot;
}

/** Lists the newest payload does not have at all, from the next that has them. */
function withAbsentLists(newest: DecodedOrder, older: readonly OrderSlot[]): DecodedOrder {
  if (newest.absent.length === 0) return newest;
  const whole = { ...newest };
  const stillAbsent: AbsentPart[] = [];
  for (const part of newest.absent) {
    const teller = older.find(({ decoded }) => !decoded.absent.includes(part));
    if (teller === undefined) stillAbsent.push(part);
    else Object.assign(whole, { [part]: teller.decoded[part] });
  }
  return { ...whole, absent: stillAbsent };
}

const FROM_FULFILLMENT_ORDERS: PartSources = Object.freeze({ fulfillmentLines: "fulfillment_order" });

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

function sortedSet(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].sort();
}
