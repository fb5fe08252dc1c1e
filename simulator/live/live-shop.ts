import type { LiveStore } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { CustomerLedger } from "./customer-ledger.ts";
import { ProductLedger } from "./product-ledger.ts";
import { StockLedger } from "./stock-ledger.ts";

/** A store in which things happen: what acts need beside the records themselves. */
export type LiveShop = {
  store: LiveStore;
  stock: StockLedger;
  products: ProductLedger;
  customers: CustomerLedger;
  /** The simulator's clock in whole seconds, as Shopify's times are. */
  nowMs(): number;
};

/** What an act did: the record it was about, and what Shopify tells its apps, in order. */
export type ActDone = { id: string; happenings: Happening[] };

export function openLiveShop(store: LiveStore, now: () => Date): LiveShop {
  const products = new ProductLedger(store);
  return {
    store,
    products,
    stock: new StockLedger(store, products),
    customers: new CustomerLedger(store),
    nowMs: () => Math.floor(now().getTime() / 1000) * 1000,
  };
}
