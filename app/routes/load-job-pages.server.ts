import { jobSorts, type JobHistoryFilter, type JobSort } from "#app/jobs/list-job-history.server.ts";
import { jobAskers } from "#app/jobs/job-asker.ts";
import { jobTypes } from "#app/jobs/job-catalogue.ts";
import { listOpenJobs } from "#app/jobs/list-open-jobs.server.ts";
import { loadWatchedJob } from "#app/jobs/load-watched-job.server.ts";
import { jobStatuses } from "#app/jobs/sync-job.ts";
import { daysToInstants } from "#app/lib/days-to-instants.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import type { JobPageView, OpenJobsView } from "#app/ui/job-pages-view.ts";

import { readListQuery } from "./read-list-query.ts";
import { viewOperation, viewWatchedJob } from "./view-watched-job.ts";

/** What the list of jobs is asked, by its page's address or its export's. */
export function readJobsQuery(
  request: Pick<Request, "url">,
  timeZone: string,
): { filter: JobHistoryFilter; sort: JobSort; at: ListAt; ignored: string[] } {
  const { choices, days, sort, at, ignored } = readListQuery(request, {
    choices: { kind: jobTypes, status: jobStatuses, requestedBy: jobAskers },
    days: ["created"],
    sorts: Object.keys(jobSorts),
  });
  const filter = {
    ...{ jobTypes: choices.kind, statuses: choices.status, askers: choices.requestedBy },
    ...daysToInstants(days.created ?? {}, timeZone),
  };
  return { filter, sort: sort as JobSort, at, ignored };
}

/** The jobs that are not over. */
export async function loadOpenJobs(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<OpenJobsView> {
  const jobs = await listOpenJobs(db, { shop });
  return { now: now.toISOString(), jobs: jobs.map((job) => viewWatchedJob(job, now)) };
}

/**
 * One job with its bulk operations.
 * @throws AppError JOB_NOT_FOUND
 */
export async function loadJobPage(
  db: Db,
  { shop, id, now }: { shop: string; id: string; now: Date },
): Promise<JobPageView> {
  const found = await loadWatchedJob(db, { shop, id });
  if (found === null) throw new AppError("JOB_NOT_FOUND", errorCatalogue.JOB_NOT_FOUND.words);
  return {
    now: now.toISOString(),
    job: viewWatchedJob(found.job, now),
    operations: found.operations.map(viewOperation),
  };
}
