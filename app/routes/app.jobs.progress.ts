import type { LoaderFunctionArgs } from "@remix-run/node";

import { listNewestLog } from "#app/jobs/list-newest-log.server.ts";
import type { JobLogPart, JobPageView, OpenJobsView } from "#app/ui/job-pages-view.ts";

import { loadJobPage, loadOpenJobs } from "./load-job-pages.server.ts";
import { loadPage } from "./load-page.server.ts";
import { readId } from "./record-id.ts";

const LOG_LINES = 100;

/**
 * What the pages of jobs ask again and again: the jobs that are not over, `?id=` one job, `?log=` the newest lines of one's log
 * (`search`: only those that say it; `before`: older than this line).
 */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now, url }): Promise<Response> => {
    const asked = url.searchParams;
    const log = asked.get("log");
    if (log !== null) return Response.json((await loadLog(readId(log))) satisfies JobLogPart);
    const id = asked.get("id");
    if (id !== null)
      return Response.json((await loadJobPage(pool, { shop, id: readId(id), now })) satisfies JobPageView);
    return Response.json((await loadOpenJobs(pool, { shop, now })) satisfies OpenJobsView);

    async function loadLog(job: string): Promise<JobLogPart> {
      const before = asked.get("before") ?? "";
      const { lines, hasOlder } = await listNewestLog(pool, {
        ...{ shop, id: job, limit: LOG_LINES, search: (asked.get("search") ?? "").replaceAll("\0", "") },
        before: /^\d{1,18}$/.test(before) ? before : undefined,
      });
      return { lines: lines.map((line) => ({ ...line, at: line.at.toISOString() })), hasOlder };
    }
  });
}
