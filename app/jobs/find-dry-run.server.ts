import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";

/** For how long what a dry run of the backfill has counted may be acted on. */
export const HOURS_A_DRY_RUN_HOLDS = 24;

/**
 * The newest dry run that allows a real backfill of these kinds: of at least the same kinds, completed within 24 hours, and after
 * the last real run, whose changes it could not know. `step` is what it found, in words.
 */
export async function findDryRun(
  db: Db,
  { shop, kinds, now }: { shop: string; kinds: readonly QueuedKind[]; now: Date },
): Promise<{ step: string | null; finishedAt: Date } | null> {
  // One backfill at a time: a dry run that was asked for after a real one began when that one had ended.
  const { rows } = await db.query<{ step: string | null; finishedAt: Date }>(
    `select "step", "finishedAt" from "SyncJob" dry
      where "shop" = $1 and "jobType" = 'backfill' and "options" @> '{"dryRun": true}' and "options"->'kinds' @> $2
        and "status" = 'completed' and "finishedAt" >= $3::timestamptz - make_interval(hours => $4)
        and not exists (select from "SyncJob" wet where wet."shop" = $1 and wet."jobType" = 'backfill'
          and wet."options" @> '{"dryRun": false}' and wet."createdAt" >= dry."createdAt")
      order by "createdAt" desc limit 1`,
    [shop, JSON.stringify(kinds), now, HOURS_A_DRY_RUN_HOLDS],
  );
  return rows[0] ?? null;
}
