import type { Db } from "#app/lib/db.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";

/** Up to where a look-back has read everything; null before the first. */
export async function loadLookBackCursor(db: Db, shop: string): Promise<Date | null> {
  const { rows } = await db.query<{ cursorAt: Date | null }>(
    `select "cursorAt" from "SchedulerState" where shop = $1 and schedule = $2`,
    [shop, LOOK_BACK_SCHEDULE],
  );
  return rows[0]?.cursorAt ?? null;
}

/** Moves it on, never back (law 9: only after everything listed is in the cache). */
export async function moveLookBackCursor(
  db: Db,
  { shop, cursorAt }: { shop: string; cursorAt: Date },
): Promise<void> {
  await db.query(
    `insert into "SchedulerState" (shop, schedule, "cursorAt") values ($1, $2, $3)
     on conflict (shop, schedule) do update set "cursorAt" = greatest("SchedulerState"."cursorAt", excluded."cursorAt")`,
    [shop, LOOK_BACK_SCHEDULE, cursorAt],
  );
}
