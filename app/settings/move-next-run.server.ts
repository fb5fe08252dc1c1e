import type { Db } from "#app/lib/db.server.ts";

import { LOOK_BACK_SCHEDULE } from "./look-back-schedule.ts";

/**
 * The interval has changed: the slot to come is counted anew from where the interval began, but is not before `now`. A slot that
 * is due already stays due; a schedule that is off has none.
 */
export async function moveNextRun(
  tx: Db,
  { shop, from, to, now }: { shop: string; from: number; to: number; now: Date },
): Promise<void> {
  await tx.query(
    `update "SchedulerState" set "nextRunAt" = greatest($5::timestamptz, "nextRunAt" + make_interval(mins => $4::int - $3::int))
      where shop = $1 and schedule = $2 and enabled and "nextRunAt" > $5`,
    [shop, LOOK_BACK_SCHEDULE, from, to, now],
  );
}
