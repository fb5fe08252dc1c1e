import { readNodes, readText } from "./read-record.ts";
import type { Collection, SimNode, SimValue } from "./types.ts";

/**
 * A location's side of stock: the levels of all items stocked there, in the order of the items, inactive ones only where they
 * are asked for. They are read from the items each time, so that whatever moved an item's stock shows here too.
 */
export function locationLevels(
  location: string,
  store: { items: () => Collection | undefined; find: (gid: string) => SimNode | null },
): Readonly<Record<"inventoryLevels" | "inventoryLevel", SimValue>> {
  const levelOf = (item: SimNode, args: Record<string, unknown>): SimNode[] =>
    readNodes(item, "inventoryLevels").filter(
      (level) =>
        readText(level, "location", "id") === location &&
        (level["isActive"] !== false || args["includeInactive"] === true),
    );
  return {
    inventoryLevels: (args) => {
      const items = store.items();
      return Array.from({ length: items?.count() ?? 0 }, (_, i) => items?.at(i)).flatMap((item) =>
        item ? levelOf(item, args) : [],
      );
    },
    inventoryLevel: (args) => {
      const item = store.find(String(args["inventoryItemId"]));
      return item?.__typename === "InventoryItem" ? (levelOf(item, args)[0] ?? null) : null;
    },
  };
}
