import type { SimNode } from "./types.ts";

/** What every record of one seeded store is made from. */
export type StoreContext = {
  seed: number;
  orders: number;
  products: number;
  customers: number;
  domain: string;
  /** Any record as it is now, changes included: relations between records go through it. */
  find: (gid: string) => SimNode | null;
};
