import type { Db } from "#app/lib/db.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** A bulk operation of a job, without its query and its addresses: who has those has the file. */
export type JobOperation = {
  id: string;
  purpose: string;
  status: string;
  errorCode: string | null;
  objectCount: number | null;
  rootObjectCount: number | null;
  /** Bytes of the file. */
  fileSize: number | null;
  hasFile: boolean;
  createdAt: Date;
  completedAt: Date | null;
  ingestedAt: Date | null;
};

/** One job with its bulk operations, the oldest first; null if the shop has no such job. */
export async function loadWatchedJob(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<{ job: SyncJob; operations: JobOperation[] } | null> {
  const jobs = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob" where "shop" = $1 and "id" = $2`,
    [shop, id],
  );
  const [job] = jobs.rows;
  if (job === undefined) return null;
  const operations = await db.query<JobOperation>(
    `select "id", "purpose", "status", "errorCode", "objectCount", "rootObjectCount", "fileSize", "url" is not null as "hasFile",
       "createdAt", "completedAt", "ingestedAt"
     from "ShopifyBulkOperation" where "shop" = $1 and "jobId" = $2 order by "createdAt", "id"`,
    [shop, id],
  );
  return { job, operations: operations.rows };
}
