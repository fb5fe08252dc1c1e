import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import type { JobType } from "./job-catalogue.ts";
import { jobsChannel, syncJobColumns, type SyncJob } from "./sync-job.ts";

/**
 * A job that waits for a worker, which is told when `tx` commits. Null where one of its kind is pending, running or paused for the
 * shop, or the same request has one: the unique indexes decide, not a look before, and the transaction goes on.
 */
export async function insertJob(
  tx: Db,
  job: {
    shop: string;
    jobType: JobType;
    requestedBy: string;
    options: Record<string, unknown>;
    idempotencyKey?: string | undefined;
    now: Date;
  },
): Promise<SyncJob | null> {
  const { shop, jobType, requestedBy, options, idempotencyKey, now } = job;
  const { rows } = await tx.query<SyncJob>(
    `insert into "SyncJob" ("shop", "id", "jobType", "requestedBy", "options", "createdAt", "idempotencyKey")
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${syncJobColumns}`,
    [shop, uuidV7(now.getTime()), jobType, requestedBy, JSON.stringify(options), now, idempotencyKey ?? null],
  );
  if (!rows[0]) return null;
  await tx.query("select pg_notify($1, $2)", [jobsChannel, shop]);
  return rows[0];
}
