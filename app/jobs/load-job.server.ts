import type { Db } from "#app/lib/db.server.ts";
import { syncJobColumns, type SyncJob, type SyncJobLogLine } from "./sync-job.ts";

/** Lines of a log one look is given; older ones stay in the table. */
const LOG_LINES = 500;

/** One job with its newest log lines, oldest first; null if the shop has no such job. */
export async function loadJob(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<(SyncJob & { log: SyncJobLogLine[] }) | null> {
  const jobs = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob" where "shop" = $1 and "id" = $2`,
    [shop, id],
  );
  const job = jobs.rows[0];
  if (!job) return null;
  const lines = await db.query<SyncJobLogLine>(
    `select "id", "at", "level", "message" from "SyncJobLog" where "shop" = $1 and "jobId" = $2 order by "id" desc limit $3`,
    [shop, id, LOG_LINES],
  );
  return { ...job, log: lines.rows.reverse() };
}
