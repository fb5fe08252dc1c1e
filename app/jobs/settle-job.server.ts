import type { Db } from "#app/lib/db.server.ts";
import type { JobStatus } from "./sync-job.ts";

/**
 * Writes how a job ended, or that it waits again. Only under our own lease; null when the job is no longer ours.
 * A wish that came while the job was stopping is obeyed here, for nobody else would see it: a pause that was taken back
 * meanwhile lets the job wait for a worker, and one that is to wait is paused or cancelled if that is wished.
 * @returns the status it has now; no wish is left
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
): Promise<JobStatus | null> {
  const { shop, id, lease, status, step, level = "info", error } = options;
  const { rows } = await db.query<{ status: JobStatus }>(
    `with ours as (
       select "shop", "id", case
           when $4 not in ('paused', 'pending') then $4
           when "wish" = 'cancel' then 'cancelled'
           when "wish" = 'pause' then 'paused'
           else 'pending'
         end as "becomes"
       from "SyncJob"
       where "shop" = $1 and "id" = $2 and "status" = 'running' and "checkpoint"->>'lease' = $3
       for update
     ), settled as (
       update "SyncJob" job set "status" = ours."becomes", "step" = coalesce($9::jsonb->>ours."becomes", $5),
         "errorCode" = $6, "errorMessage" = $7, "heartbeatAt" = null, "movedAt" = now(), "wish" = null,
         "finishedAt" = case when ours."becomes" in ('completed', 'failed', 'cancelled') then now() end
       from ours where job."shop" = ours."shop" and job."id" = ours."id"
       returning job."status", job."step"
     ), logged as (
       insert into "SyncJobLog" ("shop", "jobId", "at", "level", "message")
       select $1, $2, clock_timestamp(), $8, "step" from settled
     )
     select "status" from settled`,
    [
      ...[shop, id, lease, status, step, error?.code ?? null, error?.message ?? null, level],
      JSON.stringify(status === "paused" || status === "pending" ? { ...otherSteps, [status]: step } : {}),
    ],
  );
  return rows[0]?.status ?? null;
}

/** Of a job that ends otherwise than its worker meant. */
const otherSteps = { paused: "Paused", cancelled: "Cancelled", pending: "Waiting for a worker to go on" };
