import type { Db } from "#app/lib/db.server.ts";
import type { JobType } from "./job-catalogue.ts";
import { syncJobColumns, type JobStatus, type SyncJob } from "./sync-job.ts";

export type ListJobsOptions = {
  shop: string;
  limit: number;
  jobType?: JobType | undefined;
  status?: JobStatus | undefined;
  /** The last one of the page before. */
  after?: { createdAt: Date; id: string };
};

/** A shop's jobs, the newest first. */
export async function listJobs(
  db: Db,
  { shop, limit, jobType, status, after }: ListJobsOptions,
): Promise<SyncJob[]> {
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob"
     where "shop" = $1 and ($3::text is null or "jobType" = $3) and ($4::text is null or "status" = $4)
       and ($5::timestamptz is null or ("createdAt", "id") < ($5, $6::text))
     order by "createdAt" desc, "id" desc limit $2`,
    [shop, limit, jobType ?? null, status ?? null, after?.createdAt ?? null, after?.id ?? null],
  );
  return rows;
}
