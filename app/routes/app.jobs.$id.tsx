import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, Layout } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect } from "react";

import { AnswerProblem } from "#app/ui/answer-problem.tsx";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { JobAbout, JobNow } from "#app/ui/job-about.tsx";
import { JobBadge } from "#app/ui/job-card.tsx";
import { JobLog } from "#app/ui/job-log.tsx";
import { JobOperations } from "#app/ui/job-operations.tsx";
import { jobOptionsWords } from "#app/ui/job-options-words.ts";
import type { JobAnswer, JobPageView } from "#app/ui/job-pages-view.ts";
import { jobTitle } from "#app/ui/job-words.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { isActive } from "#app/ui/sync-view.ts";
import { useIntent } from "#app/ui/use-intent.ts";
import { useJob } from "#app/ui/use-open-jobs.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { JobIntent } from "./job-intent.ts";
import { loadJobPage } from "./load-job-pages.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performJobIntent } from "./perform-job-intent.server.ts";
import { readId } from "./record-id.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, now }): Promise<JobPageView> =>
    loadJobPage(pool, { shop, id: readId(params.id), now }),
  );
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, JobIntent, (visit, intent) => performJobIntent(visit.context, visit, intent));
}

export const clientAction = keepPage;

/** One job, live: what it does, what came of it, what Shopify collected for it, and its log. */
export default function Job() {
  const { latest, lost } = useJob(useLoaderData<typeof loader>());
  const { now, job, operations } = latest;
  const { send, pending, answer, again } = useIntent<JobAnswer>(`again-${job.id}`);
  const format = useFormat();
  useGoToStarted(answer);
  const runAgain = {
    ...{ label: "Run again", primary: true, disabled: pending("intent") !== null },
    onAction: () => {
      send({ intent: "run-again", id: job.id });
    },
  };
  return (
    <PageFrame
      title={jobTitle(job.jobType)}
      subtitle={jobOptionsWords(job, format)}
      badges={<JobBadge job={job} />}
      back={{ label: "Jobs", path: "/app/jobs" }}
      actions={isActive(job) ? [] : [runAgain]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {lost ? <ConnectionLost /> : null}
            <AnswerProblem answer={answer} onRetry={again} />
            <JobNow job={job} now={now} onRunAgain={runAgain.onAction} />
            <JobOperations operations={operations} now={now} />
            {/* Last: it is read once the page stands, and nothing beside it is pushed down. */}
            <JobLog key={job.id} id={job.id} state={`${job.status} ${job.step ?? ""} ${job.wish ?? ""}`} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <JobAbout job={job} now={now} />
        </Layout.Section>
      </Layout>
    </PageFrame>
  );
}

function useGoToStarted(answer: JobAnswer | undefined): void {
  const navigate = useNavigate();
  const href = useEmbeddedHref();
  const path = answer?.jobId === undefined ? null : href(`/app/jobs/${answer.jobId}`);
  useEffect(() => {
    if (path !== null) navigate(path);
  }, [path, navigate]);
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
