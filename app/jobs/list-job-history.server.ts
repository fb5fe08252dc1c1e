import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";

import { jobAskerSql, type JobAsker } from "./job-asker.ts";
import type { JobType } from "./job-catalogue.ts";
import { syncJobColumns, type JobStatus, type SyncJob } from "./sync-job.ts";

export type JobHistoryFilter = {
  jobTypes?: readonly JobType[] | undefined;
  statuses?: readonly JobStatus[] | undefined;
  askers?: readonly JobAsker[] | undefined;
  /** Asked for then or later, and before. */
  from?: Date | undefined;
  until?: Date | undefined;
};

const byCreation = { sql: `"createdAt"`, type: "instant" } as const;
const byId = { sql: `"id"`, type: "text" } as const;

/** The orders a shop's jobs can be listed in. A shop has thousands of jobs, not millions: these need no index of their own. */
export const jobSorts = {
  "created desc": { columns: [byCreation, byId], direction: "desc" },
  "created asc": { columns: [byCreation, byId], direction: "asc" },
  "processed desc": { columns: [{ sql: `"processed"`, type: "integer" }, byId], direction: "desc" },
  "errors desc": { columns: [{ sql: `"errors"`, type: "integer" }, byId], direction: "desc" },
} as const satisfies Record<string, ListSort>;
export type JobSort = keyof typeof jobSorts;

const keysOf: Record<JobSort, (job: SyncJob) => readonly string[]> = {
  "created desc": ({ createdAt, id }) => [createdAt.toISOString(), id],
  "created asc": ({ createdAt, id }) => [createdAt.toISOString(), id],
  "processed desc": ({ processed, id }) => [String(processed), id],
  "errors desc": ({ errors, id }) => [String(errors), id],
};

/** One page of a shop's jobs. */
export async function listJobHistory(
  db: Db,
  {
    shop,
    filter: { jobTypes, statuses, askers, from, until },
    sort,
    at,
    limit,
  }: { shop: string; filter: JobHistoryFilter; sort: JobSort; at: ListAt; limit: number },
): Promise<ListPage<SyncJob>> {
  const position = { sort: jobSorts[sort], at, limit, keyOf: keysOf[sort] };
  return loadListPage(position, async ({ conditions, orderBy, limit: most }) => {
    const { and, values } = askedConditions(
      [shop, most],
      [
        [`"jobType" = any(?)`, jobTypes],
        [`"status" = any(?)`, statuses],
        [`(${jobAskerSql}) = any(?)`, askers],
        [`"createdAt" >= ?`, from],
        [`"createdAt" < ?`, until],
        ...conditions,
      ],
    );
    const { rows } = await db.query<SyncJob>(
      `select ${syncJobColumns} from "SyncJob" where "shop" = $1${and} order by ${orderBy} limit $2`,
      values,
    );
    return rows;
  });
}
