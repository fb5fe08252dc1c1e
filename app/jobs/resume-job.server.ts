import type { Db } from "#app/lib/db.server.ts";
import { expectJob } from "./expect-job.ts";
import { jobsChannel, syncJobColumns, type SyncJob } from "./sync-job.ts";

/** Lets a paused job go on from its checkpoint, and takes back a wish to pause that was not obeyed yet. */
export async function resumeJob(db: Db, { shop, id }: { shop: string; id: string }): Promise<SyncJob> {
  const { rows } = await db.query<SyncJob>(
    `update "SyncJob" set
       "wish" = case when "wish" = 'pause' then null else "wish" end,
       "movedAt" = case when "status" = 'paused' then now() else "movedAt" end,
       "status" = case when "status" = 'paused' then 'pending' else "status" end
     where "shop" = $1 and "id" = $2 returning ${syncJobColumns}`,
    [shop, id],
  );
  const job = expectJob(rows[0], { id, may: ["pending", "running"], verb: "resumed" });
  await db.query("select pg_notify($1, $2)", [jobsChannel, shop]);
  return job;
}
