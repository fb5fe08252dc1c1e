import {
  Banner,
  BlockStack,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Link,
  ProgressBar,
  Text,
} from "@shopify/polaris";

import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import { Figure } from "./figure.tsx";
import { JobControls, useJobWork } from "./job-controls.tsx";
import { jobOptionsWords } from "./job-options-words.ts";
import type { WatchedJobView } from "./job-pages-view.ts";
import { askerWords, jobDuration, jobPercent, jobProgress } from "./job-words.ts";
import { kindNames } from "./kind-names.ts";
import { NextStep } from "./next-step.tsx";
import { useFormat } from "./shop-format.tsx";
import { isActive } from "./sync-view.ts";

/** What a job does now or ended with, its counters, and what is wrong with it, with the way out. */
export function JobNow({
  job,
  now,
  onRunAgain,
}: {
  job: WatchedJobView;
  now: string;
  onRunAgain: () => void;
}) {
  const format = useFormat();
  const percent = jobPercent(job);
  const active = isActive(job);
  const work = useJobWork(job);
  return (
    <>
      <AnswerProblem answer={work.answer} onRetry={work.again} />
      {job.error ? (
        <Banner tone="critical" title={job.error.text}>
          <BlockStack gap="200">
            <Text as="p">{job.error.next}</Text>
            <NextStep code={job.error.code} retryLabel="Run again" onRetry={onRunAgain} />
          </BlockStack>
        </Banner>
      ) : null}
      {job.problem ? (
        <Banner tone="warning" title={job.problem.message}>
          <BlockStack gap="200">
            <Text as="p">{job.problem.next}</Text>
            <NextStep code={job.problem.code} />
          </BlockStack>
        </Banner>
      ) : null}
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {active ? "Now" : "Result"}
            </Text>
            {active ? <JobControls job={job} work={work} /> : null}
          </InlineStack>
          {job.step ? (
            <Text as="p" breakWord>
              {job.step}
            </Text>
          ) : null}
          {active && percent !== null ? (
            <ProgressBar progress={percent} size="small" tone="primary" ariaLabelledBy="job-progress" />
          ) : null}
          <Text as="p" tone="subdued" id="job-progress">
            {jobProgress(job, now, format)}
          </Text>
          <InlineGrid columns={{ xs: 2, sm: 3, md: 5 }} gap="300">
            <Figure label="Processed" value={job.processed} />
            <Figure label="Created" value={job.created} />
            <Figure label="Updated" value={job.updated} />
            <Figure label="Unchanged" value={job.skipped} />
            <Figure label="Failed" value={job.errors} />
          </InlineGrid>
          {job.errors > 0 ? <FailedEntries job={job} /> : null}
        </BlockStack>
      </Card>
    </>
  );
}

const KINDS = Object.keys(kindNames) as QueuedKind[];
/** The kind of record a job is about; none: it is about all of them. */
const kindOfJob: Partial<Record<string, QueuedKind>> = {
  products: "product",
  customers: "customer",
  orders: "order",
  inventory: "inventory",
};

function FailedEntries({ job: { jobType } }: { job: WatchedJobView }) {
  const href = useEmbeddedHref();
  const kind = kindOfJob[jobType];
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Text as="p">
        What failed is in the cache with its reason. Most of it is tried again by itself; what does not get
        through waits for a person.
      </Text>
      <InlineStack gap="200">
        {(kind ? [kind] : KINDS).map((one) => (
          <Button key={one} url={href(`/app/cache/${one}?status=failed&status=quarantined`)}>
            {`Open failed ${kindNames[one].many}`}
          </Button>
        ))}
      </InlineStack>
    </BlockStack>
  );
}

/** What a job was asked for, by whom and when. */
export function JobAbout({ job, now }: { job: WatchedJobView; now: string }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const time = (iso: string | null) => (iso === null ? "Not yet" : format.dateTime(iso));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          About this job
        </Text>
        <Fact term="What">{jobOptionsWords(job, format)}</Fact>
        <Fact term="Asked for by">{askerWords(job.asker)}</Fact>
        <Fact term="Asked for">{format.dateTime(job.createdAt)}</Fact>
        <Fact term="Started">{time(job.startedAt)}</Fact>
        <Fact term="Ended">{time(job.finishedAt)}</Fact>
        <Fact term="Took">{jobDuration(job, now, format) ?? "Not begun"}</Fact>
        {job.error ? <Fact term="Error code">{job.error.code}</Fact> : null}
        <Fact term="Id">{job.id}</Fact>
        <Link url={href("/app/settings/shopify")}>Start another sync</Link>
      </BlockStack>
    </Card>
  );
}
