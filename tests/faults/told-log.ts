import { idFromGid } from "#app/lib/gid.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";

/** What the sender had to tell of stock, and what of it was lost: Shopify's side of what the app can know. */
export type ToldLog = {
  /**
   * Is handed the happenings of every act when the sender has taken or lost them.
   * @param dropped how many the sender has lost so far
   */
  note(happenings: readonly Happening[], dropped: number): void;
  /** Levels that were told of, as `item@location`. */
  readonly levels: ReadonlySet<string>;
  /** Levels whose disconnection was told to nobody: no list shows that they are gone. */
  readonly lostDisconnections: ReadonlySet<string>;
};

export function createToldLog(): ToldLog {
  const levels = new Set<string>();
  const lostDisconnections = new Set<string>();
  let before = 0;
  return {
    ...{ levels, lostDisconnections },
    note(happenings, dropped) {
      const lost = dropped - before;
      before = dropped;
      for (const { topic, subject } of happenings) {
        if (!topic.startsWith("inventory_levels/")) continue;
        levels.add(levelId(subject));
        // A disconnection is all that its act tells: what was lost of the act is the disconnection.
        if (topic === "inventory_levels/disconnect" && happenings.length === 1 && lost === 1)
          lostDisconnections.add(levelId(subject));
      }
    },
  };
}

/** As the ERP names a level; the item's number ends the level's own id, so it is known when the item is gone. */
export function levelId(level: SimNode): string {
  const item = /inventory_item_id=(\d+)/.exec(level.id)?.[1] ?? idFromGid(readText(level, "item", "id"));
  return `${item}@${idFromGid(readText(level, "location", "id"))}`;
}
