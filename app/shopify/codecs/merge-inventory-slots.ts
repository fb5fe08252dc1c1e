import type { DecodedInventoryLevel, LevelQuantities } from "./decode-inventory-level.ts";
import { newestFirst, newestKnown, type SlotTime } from "./newest-first.ts";

/** All that is known of one level: null where nobody has said it, or the item is no longer stocked there. */
export type InventoryLevel = { connected: boolean } & Record<keyof LevelQuantities, number | null>;

/**
 * The slots of one stock level as one state (law 3): whether the item is stocked there by the newest payload, each quantity
 * from the newest that carries it, so that a webhook, which knows only what is available, erases nothing.
 * @param slots at least one; any order
 */
export function mergeInventorySlots(
  slots: readonly (SlotTime & { decoded: DecodedInventoryLevel })[],
): InventoryLevel {
  const told = newestFirst(slots).map((slot) => slot.decoded);
  const connected = told[0]?.connected ?? false;
  const quantity = (name: keyof LevelQuantities) =>
    connected ? (newestKnown(told.map(({ quantities }) => quantities[name])) ?? null) : null;
  return {
    connected,
    available: quantity("available"),
    onHand: quantity("onHand"),
    committed: quantity("committed"),
    incoming: quantity("incoming"),
    reserved: quantity("reserved"),
  };
}
