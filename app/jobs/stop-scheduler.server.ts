import type { Database } from "#app/lib/db.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { loadScheduler } from "./load-scheduler.server.ts";
import type { SchedulerStatus } from "./scheduler-status.ts";

/** Turns a shop's look-back off: no slot is taken any more. A look-back that is under way goes on to its end. */
export async function stopScheduler(
  context: { database: Pick<Database, "pool">; now: () => Date },
  { shop, actor }: { shop: string; actor: string },
): Promise<SchedulerStatus> {
  const { pool } = context.database;
  const now = context.now();
  await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update "SchedulerState" set enabled = false, "nextRunAt" = null where shop = $1 and schedule = $2 and enabled`,
      [shop, LOOK_BACK_SCHEDULE],
    );
    if (!rowCount) return;
    const details = {};
    await recordAudit(tx, {
      shop,
      actor,
      action: "scheduler.stop",
      target: LOOK_BACK_SCHEDULE,
      details,
      now,
    });
  });
  return loadScheduler(pool, { shop, now });
}
