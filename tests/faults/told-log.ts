import { idFromGid } from "#app/lib/gid.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";

/** What the sender had to tell of stock, lost or not: Shopify's side of what the app can know. */
export type ToldLog = {
  /** Is handed the happenings of every act. */
  note(happenings: readonly Happening[]): void;
  /** Levels that were told of, as `item@location`. */
  readonly levels: ReadonlySet<string>;
};

export function createToldLog(): ToldLog {
  const levels = new Set<string>();
  return {
    levels,
    note(happenings) {
      for (const { topic, subject } of happenings)
        if (topic.startsWith("inventory_levels/")) levels.add(levelId(subject));
    },
  };
}

/** As the ERP names a level; the item's number ends the level's own id, so it is known when the item is gone. */
export function levelId(level: SimNode): string {
  const item = /inventory_item_id=(\d+)/.exec(level.id)?.[1] ?? idFromGid(readText(level, "item", "id"));
  return `${item}@${idFromGid(readText(level, "location", "id"))}`;
}
