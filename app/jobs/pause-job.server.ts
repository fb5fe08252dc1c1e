import type { Db } from "#app/lib/db.server.ts";
import type { SyncJob } from "./sync-job.ts";
import { wishForJob, type WishedJob } from "./wish-for-job.server.ts";

/** Asks a running job to stop where it is (its worker obeys within two seconds); a waiting one pauses at once. */
export function pauseJob(db: Db, job: WishedJob): Promise<SyncJob> {
  return wishForJob(db, job, {
    verb: "paused",
    set: `"wish" = case when "status" = 'running' and coalesce("wish", '') <> 'cancel' then 'pause' else "wish" end,
      "status" = case when "status" = 'pending' then 'paused' else "status" end`,
    may: ["running", "paused"],
  });
}
