import type { Db } from "#app/lib/db.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** A shop's jobs, the newest first. */
export async function listJobs(db: Db, { shop, limit }: { shop: string; limit: number }): Promise<SyncJob[]> {
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob" where "shop" = $1 order by "createdAt" desc, "id" limit $2`,
    [shop, limit],
  );
  return rows;
}
