import { BlockStack, Button, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { LastRunView } from "./home-view.ts";
import { JobBadge } from "./job-card.tsx";
import { jobTitle } from "./job-words.ts";
import { useFormat } from "./shop-format.tsx";

/** The last job of each kind: when, and how it ended. */
export function LastRunsCard({ runs }: { runs: readonly LastRunView[] }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Last runs
          </Text>
          <Button variant="plain" url={href("/app/jobs")}>
            All jobs
          </Button>
        </InlineStack>
        {runs.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing has run yet: the first sync of products is a step of the initial set-up.
          </Text>
        ) : null}
        {runs.map(({ id, jobType, status, wish, at }, index) => (
          <Fragment key={id}>
            {index > 0 ? <Divider /> : null}
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <InlineStack gap="200" blockAlign="center">
                <Link url={href(`/app/jobs/${encodeURIComponent(id)}`)}>{jobTitle(jobType)}</Link>
                <JobBadge job={{ status, wish }} />
              </InlineStack>
              <Text as="span" tone="subdued">
                {format.dateTime(at)}
              </Text>
            </InlineStack>
          </Fragment>
        ))}
      </BlockStack>
    </Card>
  );
}
