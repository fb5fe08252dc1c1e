import { LOCATIONS } from "./location-records.ts";
import type { ProductPlan } from "./product-plan.ts";
import { hash32, STREAM } from "./random.ts";

/** The states of stock that Shopify counts. */
export type StockCounts = {
  available: number;
  on_hand: number;
  committed: number;
  incoming: number;
  reserved: number;
  damaged: number;
  quality_control: number;
  safety_stock: number;
};

export function isTracked(seed: number, plan: ProductPlan, i: number): boolean {
  return !plan.isGiftCard && hash32(seed, STREAM.inventory, plan.p * 2_048 + i) % 17 !== 0;
}

/** Stock of a variant at one location. On hand is the sum of what lies there, whatever it waits for. */
export function planStock(seed: number, p: number, i: number, location: number): StockCounts {
  const h = hash32(seed, STREAM.inventory + 1 + location, p * 2_048 + i);
  const oversold = h % 41 === 0 ? -(h % 3) - 1 : 0;
  const available = oversold < 0 ? oversold : h % 7 === 0 ? 0 : (h >>> 8) % (location === 0 ? 120 : 15);
  const committed = (h >>> 4) % 5;
  const reserved = h % 29 === 1 ? 1 : 0;
  const damaged = h % 31 === 2 ? 2 : 0;
  return {
    available,
    committed,
    reserved,
    damaged,
    quality_control: 0,
    safety_stock: 0,
    incoming: h % 19 === 3 ? 50 : 0,
    on_hand: available + committed + reserved + damaged,
  };
}

export function availableQuantity(seed: number, p: number, i: number): number {
  return LOCATIONS.reduce((sum, _, location) => sum + planStock(seed, p, i, location).available, 0);
}
