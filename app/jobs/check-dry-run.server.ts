import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { findDryRun, HOURS_A_DRY_RUN_HOLDS } from "./find-dry-run.server.ts";
import { readBackfillOptions } from "./job-catalogue.ts";

/** A backfill changes what a person has seen counted (`findDryRun` says by what). Throws BACKFILL_NEEDS_DRY_RUN. */
export async function checkDryRun(
  context: { database: { pool: Db }; now: () => Date },
  shop: string,
  options: Record<string, unknown>,
): Promise<void> {
  const { dryRun, kinds } = readBackfillOptions(options);
  if (dryRun || (await findDryRun(context.database.pool, { shop, kinds, now: context.now() }))) return;
  throw new AppError(
    "BACKFILL_NEEDS_DRY_RUN",
    `No dry run of ${kinds.join(", ")} has completed in the last ${String(HOURS_A_DRY_RUN_HOLDS)} hours and since the last backfill.`,
  );
}
