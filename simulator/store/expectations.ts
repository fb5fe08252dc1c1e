import { currencyDigits, formatFixed, parseAmount } from "./money.ts";
import { readField, readText } from "./read-record.ts";
import type { Collection, Expectations, SimNode } from "./types.ts";

/** What one order counts for; null = there is none (any more). */
type Share = { test: boolean; customer: string | null; currency: string | null; minor: bigint } | null;

/** Where a tally reads its store. */
type Reads = {
  collection: (rootField: string) => Collection | undefined;
  node: (gid: string) => SimNode | null;
};

/** A text amount in minor units, as a bigint since a store's sum may be beyond 2^53 of them. */
function minorOf(amount: string, currency: string): bigint {
  const minor = parseAmount(amount, currencyDigits(currency));
  if (minor === null) throw new Error(`Not an amount in ${currency}: ${JSON.stringify(amount)}`);
  return BigInt(minor);
}

function exactText(minor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  if (minor >= BigInt(Number.MIN_SAFE_INTEGER) && minor <= BigInt(Number.MAX_SAFE_INTEGER))
    return formatFixed(Number(minor), digits);
  const text = String(minor);
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function shareOf(order: SimNode | null): Share {
  if (order === null) return null;
  const test = order["test"] === true;
  const currency = readText(order, "currentTotalPriceSet", "shopMoney", "currencyCode");
  return {
    test,
    customer: readText(order, "customer", "id") || null,
    currency: currency || null,
    minor: currency ? minorOf(readText(order, "currentTotalPriceSet", "shopMoney", "amount"), currency) : 0n,
  };
}

/**
 * Counts a store by the rules: test orders apart, only customers with an order (their own count says
 * so, or an order names them), every product, and the current totals in the shop's currency. The whole
 * store is counted when first asked; then only what was touched since.
 */
export class ExpectationsTally {
  private readonly store: Reads;
  private counted = false;
  private orders = 0;
  private testOrders = 0;
  private readonly totals = new Map<string, { orders: number; minor: bigint }>();
  /** Counted orders by the customer they name. */
  private readonly naming = new Map<string, number>();
  private readonly customers = new Set<string>();
  /** Orders touched since, with what they counted for before; customers touched since. */
  private readonly before = new Map<string, Share>();
  private readonly touched = new Set<string>();

  constructor(store: Reads) {
    this.store = store;
  }

  /** To be called before a root record changes, comes or goes. */
  touch(type: string, gid: string): void {
    if (!this.counted) return;
    if (type === "Customer") this.touched.add(gid);
    if (type === "Order" && !this.before.has(gid)) this.before.set(gid, shareOf(this.store.node(gid)));
  }

  read(): Expectations {
    if (this.counted) this.catchUp();
    else this.countAll();
    return {
      products: this.store.collection("products")?.count() ?? 0,
      customers: this.customers.size,
      orders: this.orders,
      testOrders: this.testOrders,
      totals: Object.fromEntries(
        [...this.totals].flatMap(([currency, { orders, minor }]) =>
          orders === 0 ? [] : [[currency, exactText(minor, currency)]],
        ),
      ),
    };
  }

  private countAll(): void {
    this.counted = true;
    const [orders, customers] = [this.store.collection("orders"), this.store.collection("customers")];
    for (let n = 0; n < (orders?.count() ?? 0); n++) this.add(shareOf(orders?.at(n) ?? null), 1);
    for (let c = 0; c < (customers?.count() ?? 0); c++) this.weigh(customers?.at(c) ?? null);
    for (const gid of this.naming.keys()) this.customers.add(gid);
    this.touched.clear();
  }

  private catchUp(): void {
    for (const [gid, share] of this.before) {
      this.add(share, -1);
      this.add(shareOf(this.store.node(gid)), 1);
    }
    this.before.clear();
    for (const gid of this.touched) {
      this.customers.delete(gid);
      this.weigh(this.store.node(gid));
      if ((this.naming.get(gid) ?? 0) > 0) this.customers.add(gid);
    }
    this.touched.clear();
  }

  private weigh(customer: SimNode | null): void {
    if (customer && Number(readField(customer["numberOfOrders"]) ?? 0) > 0) this.customers.add(customer.id);
  }

  private add(share: Share, sign: 1 | -1): void {
    if (share === null) return;
    // A test order names its customer too, whose own count may tell of it.
    if (share.customer !== null) this.touched.add(share.customer);
    if (share.test) {
      this.testOrders += sign;
      return;
    }
    this.orders += sign;
    if (share.customer !== null)
      this.naming.set(share.customer, (this.naming.get(share.customer) ?? 0) + sign);
    if (share.currency === null) return;
    const total = this.totals.get(share.currency) ?? { orders: 0, minor: 0n };
    total.orders += sign;
    total.minor += BigInt(sign) * share.minor;
    this.totals.set(share.currency, total);
  }
}
