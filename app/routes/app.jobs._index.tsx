import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { BlockStack } from "@shopify/polaris";

import { listJobHistory } from "#app/jobs/list-job-history.server.ts";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { JobHistory } from "#app/ui/job-history.tsx";
import type { JobListView } from "#app/ui/job-pages-view.ts";
import { RunningJobs } from "#app/ui/jobs-card.tsx";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useExport } from "#app/ui/use-export.ts";
import { useGo } from "#app/ui/use-go.ts";
import { useOpenJobs } from "#app/ui/use-open-jobs.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { JobIntent } from "./job-intent.ts";
import { loadOpenJobs, readJobsQuery } from "./load-job-pages.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performJobIntent } from "./perform-job-intent.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { viewWatchedJob } from "./view-watched-job.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now, connection }): Promise<JobListView> => {
    const { ignored, ...asked } = readJobsQuery(request, connection.timeZone ?? "UTC");
    const [open, page] = await Promise.all([
      loadOpenJobs(pool, { shop, now }),
      listJobHistory(pool, { shop, ...asked, limit: PAGE_ROWS }),
    ]);
    return { ...open, page: { ...page, rows: page.rows.map((job) => viewWatchedJob(job, now)) }, ignored };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, JobIntent, (visit, intent) => performJobIntent(visit.context, visit, intent));
}

export const clientAction = keepPage;

/** What is at work now, live, and every job there was. */
export default function Jobs() {
  const loaded = useLoaderData<typeof loader>();
  const { latest, lost } = useOpenJobs(loaded);
  const go = useGo();
  const start = {
    ...{ label: "Start a sync", primary: true },
    onAction: () => {
      go("/app/settings/shopify");
    },
  };
  return (
    <PageFrame title="Jobs" width="full" actions={[useExport("/app/jobs/export", "jobs"), start]}>
      <BlockStack gap="400">
        {lost ? <ConnectionLost /> : null}
        <RunningJobs jobs={latest.jobs} now={latest.now} />
        <JobHistory page={loaded.page} ignored={loaded.ignored} now={latest.now} />
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
