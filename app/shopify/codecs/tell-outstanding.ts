import { ZERO, type MoneyPair } from "#app/lib/money.ts";
import type { OrderSlot } from "./order-slot.ts";
import type { DecodedOrder } from "./order-parts.ts";

/** A webhook of an order in two currencies cannot say what is left to pay, except when nothing is. */
export function nothingLeft({ financialStatus }: DecodedOrder): MoneyPair | undefined {
  return financialStatus === "PAID" || financialStatus === "VOIDED" || financialStatus === "REFUNDED"
    ? ZERO
    : undefined;
}

/**
 * The newest amount still to be paid in both currencies, and the shape that told it; an older one only while the newest says
 * the same in the shop's.
 * @param told newest first
 */
export function tellOutstanding(told: readonly OrderSlot[]): { pair: MoneyPair; shape: string } | undefined {
  const [newest] = told;
  if (newest === undefined) return undefined;
  const own = newest.decoded.totals.outstanding ?? nothingLeft(newest.decoded);
  if (own !== undefined) return { pair: own, shape: newest.shape };
  const { outstandingInShop } = newest.decoded.totals;
  for (const { shape, decoded } of told) {
    const pair = decoded.totals.outstanding;
    if (pair === undefined) continue;
    return outstandingInShop === undefined || pair.shop === outstandingInShop ? { pair, shape } : undefined;
  }
  return undefined;
}

/** Whether money has moved between the payload that tells the payments and the newest, as far as that can say. */
export function moneyMoved(newest: DecodedOrder, teller: OrderSlot | undefined): boolean {
  if (teller === undefined || teller.decoded === newest) return false;
  const then = teller.decoded;
  const left = newest.totals.outstandingInShop ?? nothingLeft(newest)?.shop;
  const leftThen = then.totals.outstandingInShop;
  return (
    newest.financialStatus !== then.financialStatus ||
    newest.refunds.length !== then.refunds.length ||
    newest.totals.currentTotal.shop !== then.totals.currentTotal.shop ||
    newest.gateways.length !== then.gateways.length ||
    (left !== undefined && leftThen !== undefined && left !== leftThen)
  );
}
