import type { Db } from "#app/lib/db.server.ts";
import { STALE_AFTER_SECONDS, syncJobColumns, type SyncJob } from "./sync-job.ts";

export type ClaimedJob = SyncJob & { checkpoint: Record<string, unknown>; takenOver: boolean };

/**
 * Takes a job that waits, or one whose worker has not been heard of for 20 seconds, under a new `lease`; null
 * when another worker has it. One statement, so of many who try one succeeds. Every later write of the job asks
 * for the lease: a worker that only seemed dead cannot write into the new one's work.
 */
export async function claimJob(
  db: Db,
  { shop, id, lease }: { shop: string; id: string; lease: string },
): Promise<ClaimedJob | null> {
  const { rows } = await db.query<ClaimedJob>(
    `with free as (
       select "shop" as "freeShop", "id" as "freeId", "startedAt" is not null as "takenOver" from "SyncJob"
       where "shop" = $1 and "id" = $2
         and ("status" = 'pending' or ("status" = 'running' and "heartbeatAt" < now() - make_interval(secs => $4)))
       for update skip locked
     )
     update "SyncJob" set "status" = 'running', "heartbeatAt" = now(), "startedAt" = coalesce("startedAt", now()),
       "checkpoint" = "checkpoint" - 'stretch' || jsonb_build_object('lease', $3::text)
     from free where "shop" = "freeShop" and "id" = "freeId"
     returning ${syncJobColumns}, "checkpoint", "takenOver"`,
    [shop, id, lease, STALE_AFTER_SECONDS],
  );
  return rows[0] ?? null;
}

/** Jobs no worker holds: waiting, or left behind by a worker that is gone. Of all shops, the oldest first. */
export async function findStrandedJobs(db: Db): Promise<{ shop: string; id: string }[]> {
  const { rows } = await db.query<{ shop: string; id: string }>(
    `select "shop", "id" from "SyncJob"
     where "status" = 'pending' or ("status" = 'running' and "heartbeatAt" < now() - make_interval(secs => $1))
     order by "createdAt" limit 1000`,
    [STALE_AFTER_SECONDS],
  );
  return rows;
}
