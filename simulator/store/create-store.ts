import { loadDataFile } from "./load-data-file.ts";
import { openStore } from "./overlay-store.ts";
import { seedSource } from "./seeded-source.ts";
import type { LiveStore } from "./types.ts";

/**
 * Opens the simulated store: read from `dataFile` where one is given, else seeded.
 * The shop's domain follows from the options, so that two stores never mix in one database.
 * @throws DataFileError naming the place in the data file of anything unusable.
 */
export function createStore(options: { orders: number; seed: number; dataFile?: string }): LiveStore {
  const { orders, seed, dataFile } = options;
  if (dataFile !== undefined) return openStore(loadDataFile(dataFile));
  const domain = `sim-s${String(seed)}-n${String(orders)}.myshopify.com`;
  return openStore((find) => seedSource({ orders, seed }, domain, find));
}
