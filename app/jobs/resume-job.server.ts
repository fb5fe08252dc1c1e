import type { Db } from "#app/lib/db.server.ts";
import { jobsChannel, type SyncJob } from "./sync-job.ts";
import { wishForJob, type WishedJob } from "./wish-for-job.server.ts";

/** Lets a paused job go on from its checkpoint, and takes back a wish to pause that was not obeyed yet. */
export async function resumeJob(db: Db, job: WishedJob): Promise<SyncJob> {
  const resumed = await wishForJob(db, job, {
    verb: "resumed",
    set: `"wish" = case when "wish" = 'pause' then null else "wish" end,
      "movedAt" = case when "status" = 'paused' then now() else "movedAt" end,
      "status" = case when "status" = 'paused' then 'pending' else "status" end`,
    may: ["pending", "running"],
  });
  await db.query("select pg_notify($1, $2)", [jobsChannel, job.shop]);
  return resumed;
}
