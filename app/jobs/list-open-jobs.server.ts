import type { Db } from "#app/lib/db.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** A shop's jobs that are not over, the newest first; one of each kind at most. */
export async function listOpenJobs(db: Db, { shop }: { shop: string }): Promise<SyncJob[]> {
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob" where "shop" = $1 and "status" in ('pending', 'running', 'paused')
     order by "createdAt" desc, "id" desc`,
    [shop],
  );
  return rows;
}
