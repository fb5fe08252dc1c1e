import type { LoaderFunctionArgs } from "@remix-run/node";

import { jobAsker } from "#app/jobs/job-asker.ts";
import { listJobHistory } from "#app/jobs/list-job-history.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import { askerWords, jobTitle } from "#app/ui/job-words.ts";
import { statusLook } from "#app/ui/status-words.ts";

import { readJobsQuery } from "./load-job-pages.server.ts";
import { loadPage } from "./load-page.server.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 500;

const columns: CsvColumns<SyncJob> = {
  Job: ({ id }) => id,
  Kind: ({ jobType }) => jobTitle(jobType),
  Options: ({ options }) => JSON.stringify(options),
  Status: ({ status }) => statusLook("job", status).words,
  "Asked for by": ({ requestedBy }) => askerWords(jobAsker(requestedBy)),
  "Asked for at": ({ createdAt }) => createdAt.toISOString(),
  "Started at": ({ startedAt }) => startedAt?.toISOString() ?? null,
  "Finished at": ({ finishedAt }) => finishedAt?.toISOString() ?? null,
  Total: ({ total }) => total,
  Processed: ({ processed }) => processed,
  Created: ({ created }) => created,
  Updated: ({ updated }) => updated,
  Unchanged: ({ skipped }) => skipped,
  Failed: ({ errors }) => errors,
  "Last step": ({ step }) => step,
  "Error code": ({ errorCode }) => errorCode,
  Error: ({ errorMessage }) => errorMessage,
};

/** The list of jobs as CSV, filtered and sorted as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, connection, context }) => {
    const { filter, sort } = readJobsQuery(request, connection.timeZone ?? "UTC");
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => listJobHistory(db, { shop, filter, sort, at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("jobs", columns, rows, reader));
  });
}
