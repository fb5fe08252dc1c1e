import {
  Badge,
  Banner,
  BlockStack,
  Button,
  ButtonGroup,
  InlineStack,
  ProgressBar,
  Text,
} from "@shopify/polaris";

import { JobLog } from "./job-log.tsx";
import { jobPercent, jobProgress, jobStatus, jobTitle } from "./job-words.ts";
import { useFormat } from "./shop-format.tsx";
import { isActive, type JobView } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** One job: its state, how far it is, what it did, and what a person may tell it. */
export function JobCard({ job, now }: { job: JobView; now: string }) {
  const format = useFormat();
  const status = jobStatus(job);
  const percent = jobPercent(job);
  const title = jobTitle(job.jobType);
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {title}
          </Text>
          <Badge tone={status.tone} progress={status.progress}>
            {status.words}
          </Badge>
        </InlineStack>
        {isActive(job) ? (
          <JobControls job={job} />
        ) : (
          <Text as="span" tone="subdued">
            {format.dateTime(job.createdAt)}
          </Text>
        )}
      </InlineStack>
      {job.problem ? (
        <Banner tone="warning">
          <Text as="p" breakWord>
            {job.problem.message}
          </Text>
          <Text as="p">{job.problem.next}</Text>
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
        <BlockStack>
          <Text as="p" tone="critical" breakWord>
            {job.error.text}
          </Text>
          <Text as="p">{job.error.next}</Text>
        </BlockStack>
      ) : null}
      <JobLog job={job} />
    </BlockStack>
  );
}

/** What a dry run found is in its words alone: it has created and updated nothing. Others say it by their counters. */
function isTold({ jobType, status }: JobView): boolean {
  return jobType === "backfill" && status === "completed";
}

function JobControls({ job }: { job: JobView }) {
  const { send, pending } = useIntent(`job-${job.id}`);
  const sending = pending("intent");
  const title = jobTitle(job.jobType);
  const button = (intent: string, words: string) => (
    <Button
      size="slim"
      accessibilityLabel={`${words} ${title}`}
      loading={sending === intent}
      disabled={sending !== null || job.wish !== null}
      onClick={() => {
        send({ intent, id: job.id });
      }}
    >
      {words}
    </Button>
  );
  return (
    <ButtonGroup>
      {job.status === "paused" ? button("resume-job", "Resume") : button("pause-job", "Pause")}
      {button("cancel-job", "Cancel")}
    </ButtonGroup>
  );
}
