import { BlockStack, Box, Button, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { kindWords } from "./cache-card.tsx";
import { NextStep } from "./next-step.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import type { CacheCountsView, FailedEntryView } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

const FAILED_KINDS = ["product", "customer", "order", "inventory"] as const;

/**
 * What could not become ERP records, and webhooks that could not be read or handled: why, what to do, and a way to try again. Of a
 * webhook its topic is shown and when it came, never what is in it.
 */
export function FailedCard({
  failed,
  counts,
  failedDeliveries,
}: {
  failed: FailedEntryView[];
  counts: CacheCountsView;
  failedDeliveries: number;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { send, pending, answer, again } = useIntent("retry");
  const total = Object.values(counts).reduce(
    (sum, count) => sum + count.failed + count.quarantined,
    failedDeliveries,
  );
  const sending = pending("intent");
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Failed entries
          </Text>
          {failed.length > 0 ? (
            <Button
              loading={sending === "retry-failed"}
              disabled={sending !== null}
              onClick={() => {
                send({ intent: "retry-failed" });
              }}
            >
              Retry Failed
            </Button>
          ) : null}
        </InlineStack>
        <AnswerProblem answer={answer} onRetry={again} />
        {failed.length === 0 ? (
          <Text as="p" tone="subdued">
            No entry has failed.
          </Text>
        ) : null}
        {failed.map((entry, index) => (
          <Fragment key={`${entry.kind}-${entry.id}`}>
            {index > 0 ? <Divider /> : null}
            <FailedEntry
              entry={entry}
              sending={sending !== null && pending("id") === entry.id}
              disabled={sending !== null}
              retry={() => {
                send({ intent: "retry-entry", kind: entry.kind, id: entry.id });
              }}
            />
          </Fragment>
        ))}
        {total > 0 ? (
          <InlineStack gap="300">
            {FAILED_KINDS.filter((kind) => counts[kind].failed + counts[kind].quarantined > 0).map((kind) => (
              <Link key={kind} url={href(`/app/cache/${kind}?status=failed&status=quarantined`)}>
                {`All failed ${kindWords[kind].many.toLowerCase()}`}
              </Link>
            ))}
            {failedDeliveries > 0 ? (
              <Link url={href("/app/webhooks?outcome=failed")}>All failed webhooks</Link>
            ) : null}
          </InlineStack>
        ) : null}
        {total > failed.length ? (
          <Text as="p" tone="subdued">
            {`The first ${format.number(failed.length)} of ${format.number(total)} are shown.`}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function FailedEntry({
  entry,
  sending,
  disabled,
  retry,
}: {
  entry: FailedEntryView;
  sending: boolean;
  disabled: boolean;
  retry: () => void;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const title = `${entry.kind === "delivery" ? "Webhook" : kindWords[entry.kind].one} ${entry.label}`;
  const came = entry.receivedAt === null ? null : `came ${format.dateTime(entry.receivedAt)}`;
  return (
    <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
      <BlockStack gap="100">
        <InlineStack align="start" gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm" breakWord>
            <Link
              removeUnderline
              url={href(
                entry.kind === "delivery"
                  ? `/app/webhooks/${encodeURIComponent(entry.id)}`
                  : `/app/cache/${entry.kind}/${encodeURIComponent(entry.id)}`,
              )}
            >
              {title}
            </Link>
          </Text>
          <StatusBadge of="entry" status={entry.quarantined ? "quarantined" : "failed"} />
        </InlineStack>
        <Text as="p" tone="critical" breakWord>
          {entry.text}
        </Text>
        <Text as="p">{entry.next}</Text>
        <NextStep code={entry.code} />
        <Text as="p" variant="bodySm" tone="subdued">
          {[
            entry.code,
            ...(came === null ? [] : [came]),
            `${format.number(entry.attempts)} ${entry.attempts === 1 ? "try" : "tries"}`,
            entry.nextRetryAt ? `next try ${format.dateTime(entry.nextRetryAt)}` : "waits for a person",
          ].join(" · ")}
        </Text>
      </BlockStack>
      <Box minWidth="fit-content">
        <Button
          accessibilityLabel={came === null ? `Retry ${title}` : `Retry ${title}, ${came}`}
          loading={sending}
          disabled={disabled}
          onClick={retry}
        >
          Retry
        </Button>
      </Box>
    </InlineStack>
  );
}
