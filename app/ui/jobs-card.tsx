import { BlockStack, Button, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import { JobCard } from "./job-card.tsx";
import { isActive, type JobView } from "./sync-view.ts";

/** The jobs at work now, live. Absent while nothing runs. */
export function RunningJobs({ jobs, now }: { jobs: JobView[]; now: string }) {
  const running = jobs.filter(isActive);
  if (running.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Running now
        </Text>
        <JobList jobs={running} now={now} />
      </BlockStack>
    </Card>
  );
}

const RECENT = 5;

/** The last jobs that are over, the newest first, and the way to all of them. */
export function RecentJobs({ jobs, now }: { jobs: JobView[]; now: string }) {
  const href = useEmbeddedHref();
  const over = jobs.filter((job) => !isActive(job)).slice(0, RECENT);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Recent jobs
          </Text>
          <Button url={href("/app/jobs")}>All jobs</Button>
        </InlineStack>
        {over.length === 0 ? (
          <Text as="p" tone="subdued">
            No job has finished yet. Start with Sync All Products.
          </Text>
        ) : (
          <JobList jobs={over} now={now} />
        )}
      </BlockStack>
    </Card>
  );
}

function JobList({ jobs, now }: { jobs: JobView[]; now: string }) {
  return (
    <BlockStack gap="400">
      {jobs.map((job, index) => (
        <Fragment key={job.id}>
          {index > 0 ? <Divider /> : null}
          <JobCard job={job} now={now} />
        </Fragment>
      ))}
    </BlockStack>
  );
}
