import { told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";

export type StockAct = { item: string; location: string };

/** A merchant counts: what is available of an item at a location, or `of` its units on hand. */
export function setStock(
  shop: LiveShop,
  act: StockAct & { available: number; of?: "available" | "on_hand" },
): ActDone {
  const level = shop.stock.set(act.item, act.location, act.available, shop.nowMs(), act.of);
  return { id: level.id, happenings: [told("inventory_levels/update", level)] };
}

/** Stocks an item at one more location. Assumed: connecting with stock is told once, as the connection. */
export function connectStock(shop: LiveShop, act: StockAct & { available?: number }): ActDone {
  const level = shop.stock.connect(act.item, act.location, act.available ?? 0, shop.nowMs());
  return { id: level.id, happenings: [told("inventory_levels/connect", level)] };
}

export function disconnectStock(shop: LiveShop, act: StockAct): ActDone {
  const level = shop.stock.disconnect(act.item, act.location);
  return { id: level.id, happenings: [told("inventory_levels/disconnect", level)] };
}
