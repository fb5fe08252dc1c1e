import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";

/** One SKU at one of the ERP's locations. */
export type StockPlace = { shop: string; skuId: string; locationId: string };
/** The Shopify locations that a location of the ERP's feeds; none: it is not pushed anywhere. */
export type LocationMapping = (locationId: string) => readonly string[];
type Who = { actor: string; now: Date; mapLocation?: LocationMapping };

export type ChangedStock = {
  sellableQty: number;
  safetyStockQty: number;
  words: string;
  intentIds: string[];
};

/** Sets what is sellable. */
export function setErpStock(
  _pool: Pool,
  _options: StockPlace & Who & { sellableQty: number },
): Promise<ChangedStock> {
  throw new AppError("ACTION_NOT_ALLOWED", "Not there yet");
}

/** Adds to what is sellable, or takes off. */
export function adjustErpStock(
  _pool: Pool,
  _options: StockPlace & Who & { by: number },
): Promise<ChangedStock> {
  throw new AppError("ACTION_NOT_ALLOWED", "Not there yet");
}

/** Sets what is never told to Shopify. */
export function setSafetyStock(
  _pool: Pool,
  _options: StockPlace & Who & { safetyStockQty: number },
): Promise<ChangedStock> {
  throw new AppError("ACTION_NOT_ALLOWED", "Not there yet");
}
