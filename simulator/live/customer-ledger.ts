import { currencyDigits, formatAmount, parseAmount } from "#simulator/store/money.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { LiveStore, SimNode } from "#simulator/store/types.ts";

/** A customer's orders by now, and how many the record told of beyond those it had when first touched. */
type Entry = { orders: string[]; beyond: number };

/**
 * Whose orders are whose while the store lives. A customer's record is touched when something happens to
 * one of their orders: from then on what it tells of them (`numberOfOrders`, `amountSpent`, `lastOrder`,
 * `orders`) is read from the orders as they are.
 */
export class CustomerLedger {
  private readonly store: LiveStore;
  private readonly entries = new Map<string, Entry>();

  constructor(store: LiveStore) {
    this.store = store;
  }

  ordersOf(customer: string): readonly string[] {
    return this.entry(customer)?.orders ?? [];
  }

  /** After an act on an order: whose it was and whose it is. */
  moved(order: string, from: string | null, to: string | null): void {
    if (from !== null && from !== to) {
      const entry = this.entry(from);
      if (entry) entry.orders = entry.orders.filter((one) => one !== order);
    }
    const entry = to === null ? null : this.entry(to);
    if (entry && !entry.orders.includes(order)) entry.orders.push(order);
  }

  private entry(gid: string): Entry | null {
    const known = this.entries.get(gid);
    if (known) return known;
    const record = this.store.node(gid);
    if (record === null) return null;
    const orders = readNodes(record, "orders").map((one) => one.id);
    const entry: Entry = { orders, beyond: Number(readText(record, "numberOfOrders")) - orders.length };
    this.entries.set(gid, entry);
    const records = (): SimNode[] => entry.orders.flatMap((one) => this.store.node(one) ?? []);
    this.store.patch(gid, {
      numberOfOrders: () => String(entry.orders.length + entry.beyond),
      canDelete: () => entry.orders.length + entry.beyond === 0,
      orders: records,
      lastOrder: () => records().at(-1) ?? null,
      amountSpent: () => sumNetPayments(records(), readText(this.store.shop, "currencyCode")),
    });
    return entry;
  }
}

function sumNetPayments(
  orders: readonly SimNode[],
  currencyCode: string,
): { amount: string; currencyCode: string } {
  const digits = currencyDigits(currencyCode);
  const sum = orders.reduce(
    (total, order) =>
      total + (parseAmount(readText(order, "netPaymentSet", "shopMoney", "amount"), digits) ?? 0),
    0,
  );
  return { amount: formatAmount(sum, digits), currencyCode };
}
