import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  DataTable,
  InlineStack,
  SkeletonBodyText,
  Text,
  useBreakpoints,
} from "@shopify/polaris";
import { useEffect, useState } from "react";

import type { TopicHealth, WebhookHealth } from "#app/cache/webhook-health.ts";

import type { Format } from "./format.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { useFormat } from "./shop-format.tsx";
import { missedWords, sortTopics, spreadWords } from "./webhook-health-words.ts";

const LOOK_EVERY_MS = 5_000;

/**
 * How the webhooks of the last 24 hours came. Asked for once the page stands, and again while it is in view: over a large log
 * it takes a moment, and nothing else on the page waits for it.
 */
export function WebhookHealthCard() {
  const [health, setHealth] = useState<WebhookHealth | "lost" | null>(null);
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          setHealth(await readJson<WebhookHealth>("/api/shopify/webhooks/health?hours=24", signal));
        },
        () => {
          // What was seen stays; the next look may succeed.
          setHealth((seen) => (seen === null ? "lost" : seen));
        },
        { atOnce: true },
      ),
    [],
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Real-time sync status
        </Text>
        {health === null ? <SkeletonBodyText lines={3} /> : null}
        {health === "lost" ? <Text as="p">It could not be read. It is tried again by itself.</Text> : null}
        {health !== null && health !== "lost" ? <Health health={health} /> : null}
      </BlockStack>
    </Card>
  );
}

function Health({ health }: { health: WebhookHealth }) {
  const format = useFormat();
  const { seen, neverSeen } = sortTopics(health.topics);
  const missed = health.kinds.map((kind) => missedWords(kind, format)).filter((words) => words !== null);
  return (
    <BlockStack gap="300">
      {health.silence === null ? null : (
        <Banner tone="warning" title="The webhooks are silent">
          <Text as="p">{health.silence}</Text>
        </Banner>
      )}
      <Text as="p" tone="subdued">
        {health.lastDeliveryAt === null
          ? "No webhook has come yet."
          : `Last webhook ${format.dateTime(health.lastDeliveryAt)}. The figures are of the last 24 hours; the delay is from Shopify's trigger to our receipt.`}
      </Text>
      {seen.length > 0 ? <Topics topics={seen} /> : null}
      <Text as="p">
        {missed.length === 0
          ? "Never came by webhook: no update in the last 24 hours."
          : `Never came by webhook: ${missed.join(" · ")}`}
      </Text>
      {neverSeen.length > 0 ? <NeverSeen topics={neverSeen} /> : null}
    </BlockStack>
  );
}

/** A table where there is room, a list on a phone. */
function Topics({ topics }: { topics: TopicHealth[] }) {
  const format = useFormat();
  const { mdDown } = useBreakpoints();
  if (mdDown) {
    return (
      <BlockStack gap="300">
        {topics.map((topic) => (
          <BlockStack key={topic.topic} gap="050">
            <InlineStack gap="200" blockAlign="center">
              <Text as="span" fontWeight="medium" breakWord>
                {topic.topic}
              </Text>
              {topic.failures > 0 ? (
                <Badge tone="critical">{`${format.number(topic.failures)} failed`}</Badge>
              ) : null}
            </InlineStack>
            <Text as="span" tone="subdued">
              {`${countWords(topic, format)} · last ${seenWords(topic, format)} · delay ${spreadWords(topic.delay, format)}`}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    );
  }
  return (
    <DataTable
      columnContentTypes={["text", "text", "numeric", "numeric", "numeric"]}
      headings={["Topic", "Last seen", "Count", "Delay median / p99", "Failures"]}
      rows={topics.map((topic) => [
        <Box key={topic.topic} maxWidth="12rem">
          <Text as="span" breakWord>
            {topic.topic}
          </Text>
        </Box>,
        seenWords(topic, format),
        countWords(topic, format),
        spreadWords(topic.delay, format),
        format.number(topic.failures),
      ])}
      increasedTableDensity
    />
  );
}

/** The clock is enough for what came in the period. */
function seenWords({ lastSeenAt, count }: TopicHealth, format: Format): string {
  if (lastSeenAt === null) return "never";
  return count > 0 ? format.clock(lastSeenAt) : format.dateTime(lastSeenAt);
}

function countWords({ count, duplicates }: TopicHealth, format: Format): string {
  return duplicates === 0
    ? format.number(count)
    : `${format.number(count)} (+${format.number(duplicates)} again)`;
}

function NeverSeen({ topics }: { topics: string[] }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        variant="plain"
        disclosure={open ? "up" : "down"}
        ariaControls="topics-never-seen"
        ariaExpanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {`${format.number(topics.length)} topics were never seen`}
      </Button>
      <Collapsible id="topics-never-seen" open={open}>
        <Text as="p" tone="subdued" breakWord>
          {topics.join(", ")}
        </Text>
      </Collapsible>
    </BlockStack>
  );
}
