import type { Db } from "#app/lib/db.server.ts";
import { expectJob } from "./expect-job.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/**
 * Ends a job for good: a running one at its worker's next step (within two seconds), others at once. What it
 * has stored stays stored.
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
  return expectJob(rows[0], { id, may: ["running", "cancelled"], verb: "cancelled" });
}
