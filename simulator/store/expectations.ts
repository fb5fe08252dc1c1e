import { currencyDigits, formatFixed, parseAmount } from "./money.ts";
import type { Expectations, SimNode, SimStore, SimValue } from "./types.ts";

function read(value: SimValue | undefined, ...path: readonly string[]): SimValue | undefined {
  let at: SimValue | undefined = typeof value === "function" ? value({}) : value;
  for (const field of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = (at as { readonly [field: string]: SimValue | undefined })[field];
    if (typeof at === "function") at = at({});
  }
  return at;
}

/** A text amount in minor units, as a bigint since a store's sum may be beyond 2^53 of them. */
function minorOf(amount: SimValue | undefined, currency: string): bigint {
  const minor = typeof amount === "string" ? parseAmount(amount, currencyDigits(currency)) : null;
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

/**
 * Counts a store by the rules: test orders apart, only customers with an order (their own count says
 * so, or an order names them), every product, and the current totals in the shop's currency.
 */
export function countExpectations(store: SimStore): Expectations {
  const orders = store.collection("orders");
  const customers = store.collection("customers");
  const named = new Set<string>();
  const totals = new Map<string, bigint>();
  let counted = 0;
  let testOrders = 0;
  for (let n = 0; n < (orders?.count() ?? 0); n++) {
    const order = orders?.at(n) as SimNode;
    if (order["test"] === true) {
      testOrders++;
      continue;
    }
    counted++;
    const customer = read(order["customer"], "id");
    if (typeof customer === "string") named.add(customer);
    const money = read(order["currentTotalPriceSet"], "shopMoney");
    const currency = read(money, "currencyCode");
    if (typeof currency !== "string") continue;
    totals.set(currency, (totals.get(currency) ?? 0n) + minorOf(read(money, "amount"), currency));
  }
  for (let c = 0; c < (customers?.count() ?? 0); c++) {
    const customer = customers?.at(c) as SimNode;
    if (Number(read(customer["numberOfOrders"]) ?? 0) > 0) named.add(customer.id);
  }
  return {
    products: store.collection("products")?.count() ?? 0,
    customers: named.size,
    orders: counted,
    testOrders,
    totals: Object.fromEntries(
      [...totals].map(([currency, minor]) => [currency, exactText(minor, currency)]),
    ),
  };
}
