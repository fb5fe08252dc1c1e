import type { Db } from "#app/lib/db.server.ts";
import type { JobStatus } from "./sync-job.ts";

/**
 * Writes how a job ended, or that it waits again. Only under our own lease; false when the job is no longer ours.
 * A job that ended keeps no wish; one that goes back to pending keeps it, for whoever takes it next.
 */
export async function settleJob(
  db: Db,
  options: {
    shop: string;
    id: string;
    lease: string;
    status: Exclude<JobStatus, "running">;
    step: string;
    level?: "info" | "warn" | "error";
    error?: { code: string; message: string };
  },
): Promise<boolean> {
  const { shop, id, lease, status, step, level = "info", error } = options;
  const { rowCount } = await db.query(
    `with settled as (
       update "SyncJob" set "status" = $4, "step" = $5, "errorCode" = $6, "errorMessage" = $7, "heartbeatAt" = null,
         "movedAt" = now(), "wish" = case when $4 = 'pending' then "wish" end,
         "finishedAt" = case when $4 in ('completed', 'failed', 'cancelled') then now() end
       where "shop" = $1 and "id" = $2 and "status" = 'running' and "checkpoint"->>'lease' = $3
       returning 1
     )
     insert into "SyncJobLog" ("shop", "jobId", "at", "level", "message") select $1, $2, clock_timestamp(), $8, $5 from settled`,
    [shop, id, lease, status, step, error?.code ?? null, error?.message ?? null, level],
  );
  return (rowCount ?? 0) > 0;
}
