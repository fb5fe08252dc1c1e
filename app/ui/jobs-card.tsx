import { BlockStack, Card, Divider, Text } from "@shopify/polaris";
import { Fragment } from "react";

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

/** The jobs that are over, the newest first. */
export function RecentJobs({ jobs, now }: { jobs: JobView[]; now: string }) {
  const over = jobs.filter((job) => !isActive(job));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Recent jobs
        </Text>
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
