import { Badge, Banner, BlockStack, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { JobControls, useJobWork } from "./job-controls.tsx";
import { jobPercent, jobProgress, jobStatus, jobTitle } from "./job-words.ts";
import { NextStep } from "./next-step.tsx";
import { useFormat } from "./shop-format.tsx";
import { isActive, type JobView } from "./sync-view.ts";

/** One job among others: its state, how far it is, what it did, and what a person may tell it. Its name leads to its page. */
export function JobCard({ job, now }: { job: JobView; now: string }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const work = useJobWork(job);
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            <Link removeUnderline url={href(`/app/jobs/${job.id}`)}>
              {jobTitle(job.jobType)}
            </Link>
          </Text>
          <JobBadge job={job} />
        </InlineStack>
        {isActive(job) ? (
          <JobControls job={job} work={work} />
        ) : (
          <Text as="span" tone="subdued">
            {format.dateTime(job.createdAt)}
          </Text>
        )}
      </InlineStack>
      <AnswerProblem answer={work.answer} onRetry={work.again} />
      <JobProgress job={job} now={now} />
    </BlockStack>
  );
}

/** A job's status; a wish its worker has not obeyed yet comes first. */
export function JobBadge({ job }: { job: Pick<JobView, "status" | "wish"> }) {
  const { words, tone, progress } = jobStatus(job);
  return (
    <Badge tone={tone} progress={progress}>
      {words}
    </Badge>
  );
}

/** How far a job is, what it did, what is wrong with it and what to do. */
function JobProgress({ job, now }: { job: JobView; now: string }) {
  const format = useFormat();
  const percent = jobPercent(job);
  return (
    <>
      {job.problem ? (
        <Banner tone="warning">
          <BlockStack gap="200">
            <Text as="p" breakWord>
              {job.problem.message}
            </Text>
            <Text as="p">{job.problem.next}</Text>
            <NextStep code={job.problem.code} />
          </BlockStack>
        </Banner>
      ) : null}
      {job.step && (isActive(job) || isTold(job)) ? (
        <Text as="p" breakWord>
          {job.step}
        </Text>
      ) : null}
      {isActive(job) && percent !== null ? (
        <ProgressBar progress={percent} size="small" tone="primary" ariaLabelledBy={`progress-${job.id}`} />
      ) : null}
      <Text as="p" tone="subdued" id={`progress-${job.id}`}>
        {jobProgress(job, now, format)}
      </Text>
      <Text as="p" tone="subdued">
        {[
          `${format.number(job.created)} created`,
          `${format.number(job.updated)} updated`,
          `${format.number(job.skipped)} unchanged`,
          `${format.number(job.errors)} failed`,
        ].join(" · ")}
      </Text>
      {job.error ? (
        <BlockStack gap="100">
          <Text as="p" tone="critical" breakWord>
            {job.error.text}
          </Text>
          <Text as="p">{job.error.next}</Text>
          <NextStep
            code={job.error.code}
            otherwise={{ label: "Open the job", path: `/app/jobs/${job.id}` }}
          />
        </BlockStack>
      ) : null}
    </>
  );
}

/** What a dry run found is in its words alone: it has created and updated nothing. Others say it by their counters. */
function isTold({ jobType, status }: JobView): boolean {
  return jobType === "backfill" && status === "completed";
}
