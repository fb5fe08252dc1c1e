import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";

/** What came in and went out of an order in Shopify, in hundredths of its customer's currency. */
export type Money = { paid: number; refunded: number };

/** Who did what to an order: what the app itself did is what is left of the whole. */
export type Ledger = {
  /** How often somebody else did something to it in Shopify. */
  foreignActs: number;
  /** Money that moved by somebody else, the checkout included. */
  foreign: Money;
  /** Bodies of the mutations that left. */
  mutations: string[];
  /** An action said: send the money back; write to the customer. */
  refunding: boolean;
  telling: boolean;
  /** Somebody else changed what the order asks for: units were added, taken off or given back, or the customer paid himself. */
  reshaped: boolean;
  /** What couriers paid out and the ERP booked, decimal. */
  remitted: string[];
  /** Fulfilments (gids) whose tracking somebody else changed after the ERP last told of it. */
  retracked: Set<string>;
};

/** Of a deleted order nothing is known. */
export function moneyOf(order: SimNode | null): Money {
  const money: Money = { paid: 0, refunded: 0 };
  if (order === null) return money;
  for (const one of readNodes(order, "transactions")) {
    if (readText(one["status"]) !== "SUCCESS") continue;
    const kind = readText(one["kind"]);
    const minor = Math.round(Number(readText(one, "amountSet", "presentmentMoney", "amount")) * 100);
    if (kind === "SALE" || kind === "CAPTURE") money.paid += minor;
    else if (kind === "REFUND") money.refunded += minor;
  }
  return money;
}

export function addUp(known: Money, after: Money, before: Money): Money {
  return {
    paid: known.paid + after.paid - before.paid,
    refunded: known.refunded + after.refunded - before.refunded,
  };
}
