import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { readBackfillOptions } from "./job-catalogue.ts";

const HOURS_A_DRY_RUN_HOLDS = 24;

/**
 * A backfill changes what a person has seen counted: a dry run of at least the same kinds has to have completed within 24 hours,
 * and after the last real run, whose changes it could not know. Throws BACKFILL_NEEDS_DRY_RUN.
 */
export async function checkDryRun(
  context: { database: { pool: Db }; now: () => Date },
  shop: string,
  options: Record<string, unknown>,
): Promise<void> {
  const { dryRun, kinds } = readBackfillOptions(options);
  if (dryRun) return;
  // One backfill at a time: a dry run that was asked for after a real one began when that one had ended.
  const { rows } = await context.database.pool.query(
    `select from "SyncJob" dry
      where "shop" = $1 and "jobType" = 'backfill' and "options" @> '{"dryRun": true}' and "options"->'kinds' @> $2
        and "status" = 'completed' and "finishedAt" >= $3::timestamptz - make_interval(hours => $4)
        and not exists (select from "SyncJob" wet where wet."shop" = $1 and wet."jobType" = 'backfill'
          and wet."options" @> '{"dryRun": false}' and wet."createdAt" >= dry."createdAt")
      limit 1`,
    [shop, JSON.stringify(kinds), context.now(), HOURS_A_DRY_RUN_HOLDS],
  );
  if (rows.length > 0) return;
  throw new AppError(
    "BACKFILL_NEEDS_DRY_RUN",
    `No dry run of ${kinds.join(", ")} has completed in the last ${String(HOURS_A_DRY_RUN_HOLDS)} hours and since the last backfill.`,
  );
}
