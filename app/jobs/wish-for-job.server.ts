import type { Db } from "#app/lib/db.server.ts";
import { expectJob } from "./expect-job.ts";
import { syncJobColumns, type JobStatus, type SyncJob } from "./sync-job.ts";

/** Which job, and who wants something of it: a person by Shopify's id, an API key, the command line. */
export type WishedJob = { shop: string; id: string; by: string };

/** What is wanted, as SQL over the row as it stands; it changes nothing of a job of which it cannot be. */
type Wish = {
  verb: "paused" | "resumed" | "cancelled";
  set: string;
  /** Where the row stands afterwards if it could be. */
  may: readonly JobStatus[];
};

/**
 * Changes a job as somebody wishes, with a line in its log and one in the shop's audit log, in one statement.
 * @throws AppError JOB_NOT_FOUND, or JOB_MOVED_ON for a job of which it cannot be
 */
export async function wishForJob(
  db: Db,
  { shop, id, by }: WishedJob,
  { verb, set, may }: Wish,
): Promise<SyncJob> {
  const { rows } = await db.query<SyncJob>(
    `with wished as (update "SyncJob" set ${set} where "shop" = $1 and "id" = $2 returning *),
     heard as (select "shop", "id" from wished where "status" = any($3)),
     logged as (
       insert into "SyncJobLog" ("shop", "jobId", "at", "level", "message") select "shop", "id", clock_timestamp(), 'info', $4 from heard
     ), audited as (
       insert into "AuditLog" ("shop", "at", "actor", "action", "target", "details") select "shop", now(), $5, $6, "id", '{}' from heard
     )
     select ${syncJobColumns} from wished`,
    [shop, id, may, `To be ${verb}: asked for by ${by}`, by, `job.${verb}`],
  );
  return expectJob(rows[0], { id, may, verb });
}
