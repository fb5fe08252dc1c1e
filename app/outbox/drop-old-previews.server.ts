import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * Forgets who was shown what a kind would send, after the shop's `historyRetentionDays`; of each kind the newest stays. There are
 * few: people look at them.
 * @returns how many rows
 */
export async function dropOldPreviews(db: Db, { shop, now }: { shop: string; now: Date }): Promise<number> {
  const { historyRetentionDays } = await loadSettings(db, { shop });
  const { rowCount } = await db.query(
    `delete from "WriteBackPreview" p where p.shop = $1 and p."seenAt" < $2 and exists (select from "WriteBackPreview" newer
       where newer.shop = $1 and newer.kind = p.kind and (newer."seenAt", newer.id) > (p."seenAt", p.id))`,
    [shop, daysBefore(now, historyRetentionDays)],
  );
  return rowCount ?? 0;
}
