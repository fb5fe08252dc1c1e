import type { Db } from "#app/lib/db.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/**
 * What a person watches of a shop's jobs, the newest first: the last `recent` ones, and every one that is not over, however many a
 * schedule has started since. A paused job that is out of sight could not be resumed.
 */
export async function listWatchedJobs(
  db: Db,
  { shop, recent }: { shop: string; recent: number },
): Promise<SyncJob[]> {
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob"
     where "shop" = $1 and ("status" in ('pending', 'running', 'paused') or "id" in (
       select "id" from "SyncJob" where "shop" = $1 order by "createdAt" desc, "id" desc limit $2))
     order by "createdAt" desc, "id" desc`,
    [shop, recent],
  );
  return rows;
}
