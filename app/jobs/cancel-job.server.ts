import type { Db } from "#app/lib/db.server.ts";
import { jobsChannel, type SyncJob } from "./sync-job.ts";
import { wishForJob, type WishedJob } from "./wish-for-job.server.ts";

/**
 * Ends a job for good: a running one at its worker's next step (within two seconds), or before the next worker's first step if
 * its own is gone; others at once. What it has stored stays stored; what it left running at Shopify a worker stops.
 */
export async function cancelJob(db: Db, job: WishedJob): Promise<SyncJob> {
  const cancelled = await wishForJob(db, job, {
    verb: "cancelled",
    set: `"wish" = case when "status" = 'running' then 'cancel' else null end,
      "finishedAt" = case when "status" in ('pending', 'paused') then now() else "finishedAt" end,
      "step" = case when "status" in ('pending', 'paused') then 'Cancelled' else "step" end,
      "status" = case when "status" in ('pending', 'paused') then 'cancelled' else "status" end`,
    may: ["running", "cancelled"],
  });
  await db.query("select pg_notify($1, $2)", [jobsChannel, job.shop]);
  return cancelled;
}
