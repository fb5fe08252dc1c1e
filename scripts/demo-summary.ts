import { countCache } from "#app/cache/cache-counts.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { currencyExponent } from "#app/lib/money.ts";

/** One kind of record: what the store says must arrive, what is cached, what is in the ERP, what failed. */
export type KindSummary = { store: number; cached: number; erp: number; failed: number };

export type DemoSummary = {
  products: KindSummary;
  customers: KindSummary;
  orders: KindSummary;
  /** Current totals of orders by shop currency: exact decimals with the currency's digits. */
  totals: Record<string, { store: string; erp: string }>;
  /** From the start of the first sync to the end of the last. */
  seconds: number;
  /** Orders in the ERP ÷ seconds of the sync of orders, fetching included. */
  ordersPerSecond: number;
};

/** What the simulated store counted by the rules, without the app (its /control/summary). */
export type StoreSummary = {
  domain: string;
  products: number;
  customers: number;
  orders: number;
  testOrders: number;
  totals: Record<string, string>;
};

/** Compares the store with the database. Test orders are cached and shown, never counted. */
export async function summarise(
  db: Db,
  { store, seconds, orderSeconds }: { store: StoreSummary; seconds: number; orderSeconds: number },
): Promise<DemoSummary> {
  const shop = store.domain;
  const cache = await countCache(db, shop);
  const erp = await countLinked(db, shop);
  const kind = (name: "product" | "customer" | "order", wanted: number, linked: number): KindSummary => ({
    store: wanted,
    cached: cache[name].total,
    erp: linked,
    failed: cache[name].failed + cache[name].quarantined,
  });
  const erpTotals = await sumTotals(db, shop);
  const currencies = [...new Set([...Object.keys(store.totals), ...Object.keys(erpTotals)])].sort();
  return {
    products: kind("product", store.products, erp.products),
    customers: kind("customer", store.customers, erp.customers),
    orders: kind("order", store.orders, erp.orders),
    totals: Object.fromEntries(
      currencies.map((currency) => [
        currency,
        {
          store: withDigits(store.totals[currency] ?? "0", currency),
          erp: withDigits(erpTotals[currency] ?? "0", currency),
        },
      ]),
    ),
    seconds: round(seconds),
    ordersPerSecond: round(erp.orders / Math.max(orderSeconds, 0.001)),
  };
}

/** Whether every record and every amount of the store is in the ERP, and nothing failed. */
export function isExact({ products, customers, orders, totals }: DemoSummary): boolean {
  const kinds = [products, customers, orders].every(
    ({ store, erp, failed }) => store === erp && failed === 0,
  );
  return kinds && Object.values(totals).every(({ store, erp }) => store === erp);
}

/** For people: a table, and the totals below it. */
export function formatSummary(summary: DemoSummary, shop: string): string {
  const figure = (value: number) => value.toLocaleString("en");
  const row = (cells: string[]) =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(10) : cell.padStart(12))).join("");
  const kinds = (["products", "customers", "orders"] as const).map((name) => {
    const { store, cached, erp, failed } = summary[name];
    return row([name, ...[store, cached, erp, failed].map(figure)]);
  });
  const totals = Object.entries(summary.totals).map(
    ([currency, { store, erp }]) =>
      `${currency}: store ${store}, ERP ${erp} ${store === erp ? "(equal)" : "(DIFFERENT)"}`,
  );
  const verdict = isExact(summary)
    ? "Every record and every amount is accounted for."
    : "NOT everything arrived.";
  return [
    `${shop}: ${String(summary.seconds)} s, ${figure(Math.round(summary.ordersPerSecond))} orders per second`,
    row(["", "store", "cached", "ERP", "failed"]),
    ...kinds,
    ...totals,
    verdict,
  ].join("\n");
}

async function countLinked(
  db: Db,
  shop: string,
): Promise<{ products: number; customers: number; orders: number }> {
  const { rows } = await db.query<{ products: number; customers: number; orders: number }>(
    `select
       (select count(distinct linked) from "Product" product,
          unnest(product."shopifyProductIds" || product."shopifyProductId") as linked
        where product.shop = $1 and linked is not null) as products,
       (select count(distinct "shopifyCustomerId") from "Customer" where shop = $1) as customers,
       (select count(distinct "shopifyOrderId") from "Order" where shop = $1 and not test) as orders`,
    [shop],
  );
  return rows[0] ?? { products: 0, customers: 0, orders: 0 };
}

async function sumTotals(db: Db, shop: string): Promise<Record<string, string>> {
  const { rows } = await db.query<{ currency: string; total: string }>(
    `select currency, sum("currentTotalAmount")::text as total from "Order" where shop = $1 and not test group by currency`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ currency, total }) => [currency, total]));
}

/** "1234.5" INR → "1234.50". Digits a currency does not have stay, unless they are zeros: a difference must show. */
function withDigits(amount: string, currency: string): string {
  const exponent = currencyExponent(currency);
  const [whole = "0", fraction = ""] = amount.split(".");
  const digits = fraction.replace(/0+$/, "").padEnd(exponent, "0");
  return digits === "" ? whole : `${whole}.${digits}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
