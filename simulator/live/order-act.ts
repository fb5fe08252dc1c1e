import { LOCATIONS } from "#simulator/store/location-records.ts";
import { currencyDigits, parseAmount } from "#simulator/store/money.ts";
import type { Money2 } from "#simulator/store/money.ts";
import type { OrderDraft } from "#simulator/store/order-draft.ts";
import { financialStatus, fulfillmentStatus } from "#simulator/store/order-status.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import { RecordRandom, STREAM } from "#simulator/store/random.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import type { LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";
import type { StockMove } from "./stock-ledger.ts";

/** An act on an order under way: a copy of its facts, and a record number for what the act makes. */
export type OrderAct = {
  draft: OrderDraft;
  plan: { n: number; presentment: string; updatedMs: number };
  random: RecordRandom;
  atMs: number;
  /** Where units waited to be sent when the act began, in the order in which units are taken off. */
  waited: { line: number; location: number; units: number }[];
};

/** Units of a line, at a location (an index) where it is known. */
export type Units = { line: number; quantity: number; location?: number };

/** Which line of an order: its gid, or its number counted from 0. */
export type LineName = string | number;

/** @throws RefusedAct when there is no such order, or one that came as a bare record. */
export function beginOrderAct(shop: LiveShop, order: string): OrderAct {
  const draft = shop.store.draftOf(order);
  if (draft === null)
    return refuse(
      shop.store.node(order)?.__typename === "Order"
        ? "Only its record is known of this order: the simulator cannot let it live on."
        : "Order does not exist",
    );
  // A clock behind the order's own times does not turn them back.
  const atMs = Math.max(shop.nowMs(), draft.updatedMs);
  draft.updatedMs = atMs;
  const n = shop.store.takeSlot(() => draft.gid);
  const plan = { n, presentment: draft.currency.presentment, updatedMs: atMs };
  const waited = draft.fulfillmentOrders.flatMap(({ location, lines }) =>
    lines.flatMap(({ line, remaining }) => (remaining > 0 ? [{ line, location, units: remaining }] : [])),
  );
  return { draft, plan, atMs, random: new RecordRandom(n, STREAM.orderAfter, n), waited };
}

/** Tells units that waited apart by where they did; each of them once. */
export function takeWaiting(act: OrderAct, units: readonly Units[]): Units[] {
  return units.flatMap(({ line, quantity }) => {
    const taken: Units[] = [];
    let rest = quantity;
    for (const at of act.waited) {
      const part = at.line === line ? Math.min(at.units, rest) : 0;
      if (part <= 0) continue;
      at.units -= part;
      rest -= part;
      taken.push({ line, quantity: part, location: at.location });
    }
    return rest > 0 ? [...taken, { line, quantity: rest }] : taken;
  });
}

/** Lets the act have happened. @returns the order's record as it is now. */
export function commitOrderAct(shop: LiveShop, act: OrderAct): SimNode {
  const order = shop.store.putOrder(act.draft);
  shop.customers.moved(act.draft.gid, act.draft.customerGid, act.draft.customerGid);
  return order;
}

/** The shop's setting "Automatically archive the order" is on, as it is by default: fulfilled and paid, an order closes. */
export function archiveWhenDone(draft: OrderDraft, atMs: number): void {
  const charges = computeCharges(draft);
  const status = financialStatus(draft, charges, computePayments(draft, charges.currentTotal));
  const paid = status === "PAID" || status === "REFUNDED" || status === "PARTIALLY_REFUNDED";
  const sent = fulfillmentStatus(draft);
  if (draft.closedMs === null && paid && (sent === "FULFILLED" || sent === "FULFILLMENT_NOT_REQUIRED"))
    draft.closedMs = atMs;
}

export function told(topic: string, subject: SimNode, also?: Happening["also"]): Happening {
  return also ? { topic, subject, also } : { topic, subject };
}

/** What a part of an order (a refund, a parcel…) is told as. */
export function toldOf(topic: string, order: SimNode, field: string, gid: string): Happening[] {
  return readNodes(order, field).flatMap((one) => (one.id === gid ? [told(topic, one, { order })] : []));
}

/** Transactions beyond the first `known`: only those with an outcome are told (success, failure or error). */
export function toldTransactions(order: SimNode, known: number): Happening[] {
  return readNodes(order, "transactions").flatMap((one, i) =>
    i >= known && ["SUCCESS", "FAILURE", "ERROR"].includes(readText(one["status"]))
      ? [told("order_transactions/create", one, { order })]
      : [],
  );
}

/** Moves the stock of an order's lines. @returns inventory_levels/update of each level that moved. */
export function moveStock(
  shop: LiveShop,
  act: OrderAct,
  units: readonly Units[],
  by: (quantity: number) => StockMove,
): Happening[] {
  const levels = new Map<string, SimNode>();
  for (const { line, quantity, location: at } of units) {
    const variant = act.draft.lines[line]?.variantGid ?? null;
    const item =
      variant === null ? "" : readText(shop.store.node(variant) ?? undefined, "inventoryItem", "id");
    if (item === "" || quantity <= 0) continue;
    const part = act.draft.fulfillmentOrders.find((one) => one.lines.some((each) => each.line === line));
    const location = (LOCATIONS[at ?? part?.location ?? 0] ?? LOCATIONS[0]).id;
    const level = shop.stock.move(item, location, by(quantity), act.atMs);
    if (level) levels.set(level.id, level);
  }
  return [...levels.values()].map((level) => told("inventory_levels/update", level));
}

/** @throws RefusedAct when the order has no such line. */
export function placeOfLine(draft: OrderDraft, name: LineName): number {
  const place = draft.lines.findIndex((line, i) => line.gid === name || i === name);
  return place >= 0 ? place : refuse("Line item does not exist");
}

/** An amount of the buyer's currency in both, by what the order is worth in each. @throws RefusedAct when it is none. */
export function readAmount(draft: OrderDraft, text: string): Money2 {
  const minor = parseAmount(text, currencyDigits(draft.currency.presentment));
  if (minor === null || minor < 0)
    return refuse(`"${text}" is not an amount in ${draft.currency.presentment}.`);
  const { total } = computeCharges(draft);
  return [total[1] === 0 ? minor : Math.round((minor * total[0]) / total[1]), minor];
}
