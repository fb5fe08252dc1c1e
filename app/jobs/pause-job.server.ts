import type { Db } from "#app/lib/db.server.ts";
import { expectJob } from "./expect-job.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** Asks a running job to stop where it is (its worker obeys within two seconds); a waiting one pauses at once. */
export async function pauseJob(db: Db, { shop, id }: { shop: string; id: string }): Promise<SyncJob> {
  const { rows } = await db.query<SyncJob>(
    `update "SyncJob" set
       "wish" = case when "status" = 'running' and coalesce("wish", '') <> 'cancel' then 'pause' else "wish" end,
       "status" = case when "status" = 'pending' then 'paused' else "status" end
     where "shop" = $1 and "id" = $2 returning ${syncJobColumns}`,
    [shop, id],
  );
  return expectJob(rows[0], { id, may: ["running", "paused"], verb: "paused" });
}
