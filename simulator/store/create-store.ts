import { openStore } from "./overlay-store.ts";
import { seedSource } from "./seeded-source.ts";
import type { SimStore } from "./types.ts";

/**
 * Opens the simulated store: seeded, or read from a data file.
 * The shop's domain follows from the options, so that two stores never mix in one database.
 */
export function createStore(options: {
  orders: number;
  seed: number;
  dataFile?: string;
}): SimStore & { domain: string } {
  const { orders, seed } = options;
  const domain = `sim-s${String(seed)}-n${String(orders)}.myshopify.com`;
  return openStore((find) => seedSource({ orders, seed }, domain, find));
}
