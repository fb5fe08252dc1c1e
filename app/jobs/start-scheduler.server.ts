import type { Database } from "#app/lib/db.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { loadScheduler } from "./load-scheduler.server.ts";
import { refuseUninstalled } from "./refuse-uninstalled.server.ts";
import { schedulesChannel, type SchedulerStatus } from "./scheduler-status.ts";

/**
 * Turns a shop's look-back on, with the interval and hours given, or those it has. The first run is at once: whoever turns it on
 * sees that it works. On one that is on already only the settings change.
 * @throws AppError VALIDATION for an interval or hours out of range, NOT_FOUND for settings of a shop never installed,
 *   TOKEN_REFUSED for one that has uninstalled the app
 */
export async function startScheduler(
  context: { database: Pick<Database, "pool">; now: () => Date },
  request: { shop: string; actor: string; intervalMinutes?: number; lookBackHours?: number },
): Promise<SchedulerStatus> {
  const { shop, actor, intervalMinutes, lookBackHours } = request;
  const { pool } = context.database;
  const now = context.now();
  if (intervalMinutes !== undefined || lookBackHours !== undefined)
    await saveSettings(pool, { shop, actor, now, patch: { scheduler: { intervalMinutes, lookBackHours } } });
  await inTransaction(pool, async (tx) => {
    await refuseUninstalled(tx, shop);
    const { rowCount } = await tx.query(
      `insert into "SchedulerState" as known (shop, schedule, enabled, "nextRunAt") values ($1, $2, true, $3)
       on conflict (shop, schedule) do update set enabled = true, "nextRunAt" = excluded."nextRunAt", "lastResult" = null
       where not known.enabled or known."nextRunAt" is null`,
      [shop, LOOK_BACK_SCHEDULE, now],
    );
    if (!rowCount) return;
    const details = { intervalMinutes, lookBackHours };
    await recordAudit(tx, {
      shop,
      actor,
      action: "scheduler.start",
      target: LOOK_BACK_SCHEDULE,
      details,
      now,
    });
    await tx.query("select pg_notify($1, $2)", [schedulesChannel, shop]);
  });
  return loadScheduler(pool, { shop, now });
}
