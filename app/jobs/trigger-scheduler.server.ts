import type { Database } from "#app/lib/db.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import type { SlotResult } from "./scheduler-status.ts";
import { startJob } from "./start-job.server.ts";
import type { SyncJob } from "./sync-job.ts";

/**
 * A look-back now, whether the schedule is on or off; where it is on, the next slot is one interval from now. Should the process
 * end between the two, the slot comes as it was planned. A request repeated with its `idempotencyKey` moves nothing again.
 * @throws AppError as `startJob` does: JOB_ALREADY_RUNNING while a look-back is under way, TOKEN_REFUSED after an uninstall
 */
export async function triggerScheduler(
  context: { database: Pick<Database, "pool">; now: () => Date },
  { shop, requestedBy, idempotencyKey }: { shop: string; requestedBy: string; idempotencyKey?: string },
): Promise<SyncJob> {
  const { pool } = context.database;
  await loadSettings(pool, { shop }); // where nobody can read them nothing is started
  const job = await startJob(context, {
    ...{ shop, requestedBy, jobType: "look-back" },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  const result: SlotResult = { at: job.createdAt.toISOString(), started: job.id };
  await inTransaction(pool, async (tx) => {
    // As whoever saves another interval: that moves the slot written here, or is read here.
    await tx.query(`select from "Shop" where shop = $1 for share`, [shop]);
    const { intervalMinutes } = (await loadSettings(tx, { shop })).scheduler;
    await tx.query(
      `insert into "SchedulerState" as known (shop, schedule, "lastRunAt", "lastJobId", "lastResult") values ($1, $2, $3, $4, $5)
       on conflict (shop, schedule) do update set
         "lastRunAt" = excluded."lastRunAt", "lastJobId" = excluded."lastJobId", "lastResult" = excluded."lastResult",
         "nextRunAt" = case when known.enabled then excluded."lastRunAt" + make_interval(mins => $6::int) end
       where known."lastRunAt" is null or known."lastRunAt" < excluded."lastRunAt"`,
      [shop, LOOK_BACK_SCHEDULE, job.createdAt, job.id, JSON.stringify(result), intervalMinutes],
    );
  });
  return job;
}
