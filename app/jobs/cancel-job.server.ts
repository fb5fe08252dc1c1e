import type { Db } from "#app/lib/db.server.ts";
import { expectJob } from "./expect-job.ts";
import { jobsChannel, syncJobColumns, type SyncJob } from "./sync-job.ts";

/**
 * Ends a job for good: a running one at its worker's next step (within two seconds), or before the next worker's first step if
 * its own is gone; others at once. What it has stored stays stored; what it left running at Shopify a worker stops.
 */
export async function cancelJob(db: Db, { shop, id }: { shop: string; id: string }): Promise<SyncJob> {
  const { rows } = await db.query<SyncJob>(
    `update "SyncJob" set
       "wish" = case when "status" = 'running' then 'cancel' else null end,
       "finishedAt" = case when "status" in ('pending', 'paused') then now() else "finishedAt" end,
       "step" = case when "status" in ('pending', 'paused') then 'Cancelled' else "step" end,
       "status" = case when "status" in ('pending', 'paused') then 'cancelled' else "status" end
     where "shop" = $1 and "id" = $2 returning ${syncJobColumns}`,
    [shop, id],
  );
  const job = expectJob(rows[0], { id, may: ["running", "cancelled"], verb: "cancelled" });
  await db.query("select pg_notify($1, $2)", [jobsChannel, shop]);
  return job;
}
