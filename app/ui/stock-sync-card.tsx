import { BlockStack, Card, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { ConnectionLost } from "./connection-lost.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Figure } from "./figure.tsx";
import { JobCard } from "./job-card.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import type { StockSync } from "./stock-view.ts";
import { isActive } from "./sync-view.ts";

/** How the stock is being synced, and what the last full comparison with Shopify found. */
export function StockSyncCard({
  sync: { job, now, compared },
  lost,
  answer,
  onRetry,
}: {
  sync: StockSync;
  lost: boolean;
  answer: PageAnswer | undefined;
  /** Sends the last wish once more. */
  onRetry: () => void;
}) {
  const isAtWork = job !== null && isActive(job);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Compared with Shopify
        </Text>
        {lost ? <ConnectionLost /> : null}
        <AnswerProblem answer={answer} onRetry={onRetry} />
        {job !== null && (isAtWork || job.status === "failed") ? <JobCard job={job} now={now} /> : null}
        {compared === null ? null : <Compared compared={compared} />}
        {compared === null && !isAtWork ? (
          <Text as="p" tone="subdued">
            All stock has not been compared with Shopify yet. Sync stock now: every level is loaded, and what
            differed is told here.
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Compared({ compared: { jobId, at, found } }: { compared: NonNullable<StockSync["compared"]> }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const differences = found.fresh + found.different + (found.missing ?? 0);
  const others = [
    found.newer > 0 ? `${format.number(found.newer)} changed here since Shopify collected them.` : "",
    found.unreadable > 0
      ? `${format.number(found.unreadable)} could not be read: look at the failed entries.`
      : "",
  ].filter(Boolean);
  return (
    <BlockStack gap="300">
      <Text as="p">
        {differences === 0
          ? "Every level was as Shopify has it."
          : "What differed was taken over from Shopify, or asked for where the comparison alone could not tell."}
      </Text>
      <InlineGrid columns={{ xs: 2, sm: 3 }} gap="300">
        <Figure label="Levels compared" value={found.shown} />
        <Figure label="The same" value={found.same} />
        <Figure label="New to us" value={found.fresh} />
        <Figure label="Different" value={found.different} />
        <Figure label="Quantities off" value={found.quantities} />
        {found.missing === null ? null : <Figure label="Not shown by Shopify" value={found.missing} />}
      </InlineGrid>
      {others.map((words) => (
        <Text key={words} as="p">
          {words}
        </Text>
      ))}
      <InlineStack gap="200">
        <Text as="span" tone="subdued">
          {format.dateTime(at)}
        </Text>
        <Link url={href(`/app/jobs/${jobId}`)}>Open the job</Link>
      </InlineStack>
    </BlockStack>
  );
}
