import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  DataTable,
  InlineGrid,
  InlineStack,
  Text,
  useBreakpoints,
} from "@shopify/polaris";
import { useState, type ReactNode } from "react";

import type { TopicHealth, WebhookHealth } from "#app/cache/webhook-health.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { Figure } from "./figure.tsx";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";
import { useWebhookHealth } from "./use-webhook-health.ts";
import { missedWords, sortTopics, spreadWords } from "./webhook-health-words.ts";

const BUTTON_HEIGHT = "1.75rem";

/** How the webhooks of the last 24 hours came, whether they fell silent and what none of them brought, with the figures of every topic. */
export function WebhookHealthCard() {
  const health = useWebhookHealth();
  return (
    <HealthCard health={health}>
      {(known) => (
        <>
          <Missed health={known} />
          <ByTopic topics={known.topics} />
        </>
      )}
    </HealthCard>
  );
}

/** The same in short, with the way to the page that has all of it. */
export function WebhookHealthShort() {
  const health = useWebhookHealth();
  const href = useEmbeddedHref();
  return (
    <HealthCard health={health}>
      {(known) => (
        <>
          <Missed health={known} />
          <InlineStack>
            <Button url={href("/app/webhooks")}>Webhook log and addresses</Button>
          </InlineStack>
        </>
      )}
    </HealthCard>
  );
}

function HealthCard({
  health,
  children,
}: {
  health: WebhookHealth | "lost" | null;
  children: (health: WebhookHealth) => ReactNode;
}) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Real-time sync status
        </Text>
        {health === null ? <Counting /> : null}
        {health === "lost" ? <Text as="p">It could not be read. It is tried again by itself.</Text> : null}
        {health !== null && health !== "lost" ? (
          <>
            <Silence health={health} />
            <Sums topics={health.topics} />
            {children(health)}
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** As high as what comes, and in no fewer words, so that lines break alike on a phone: the log below stays where it is. */
function Counting() {
  return (
    <>
      <Text as="p" tone="subdued">
        The last webhook is being looked for. The figures are of the last 24 hours.
      </Text>
      <Sums topics={null} />
      <Text as="p">
        Which updates no webhook brought is being counted: those of orders, of products, of customers and of
        stock levels, as far as they came in the last 24 hours
      </Text>
      <Box minHeight={BUTTON_HEIGHT} />
    </>
  );
}

function Silence({ health: { silence, lastDeliveryAt } }: { health: WebhookHealth }) {
  const format = useFormat();
  return (
    <>
      {silence === null ? null : (
        <Banner tone="warning" title="The webhooks are silent">
          <Text as="p">{silence}</Text>
        </Banner>
      )}
      <Text as="p" tone="subdued">
        {lastDeliveryAt === null
          ? "No webhook has come yet."
          : `Last webhook ${format.dateTime(lastDeliveryAt)}. The figures are of the last 24 hours.`}
      </Text>
    </>
  );
}

function Sums({ topics }: { topics: TopicHealth[] | null }) {
  const sum = (of: "count" | "duplicates" | "failures") =>
    topics && topics.reduce((total, topic) => total + topic[of], 0);
  return (
    <InlineGrid columns={3} gap="300">
      <Figure label="Came" value={sum("count")} />
      <Figure label="Came again" value={sum("duplicates")} />
      <Figure label="Failed" value={sum("failures")} />
    </InlineGrid>
  );
}

function Missed({ health: { kinds } }: { health: WebhookHealth }) {
  const format = useFormat();
  const missed = kinds.map((kind) => missedWords(kind, format)).filter((words) => words !== null);
  return (
    <Text as="p">
      {missed.length === 0
        ? "No record was updated in the last 24 hours: there is nothing that webhooks could have missed."
        : `Updates that no webhook brought: ${missed.join(" · ")}`}
    </Text>
  );
}

/** Folded up: the log below it is what most people come for. */
function ByTopic({ topics }: { topics: TopicHealth[] }) {
  const [open, setOpen] = useState(false);
  const { seen, neverSeen } = sortTopics(topics);
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Button
        variant="plain"
        disclosure={open ? "up" : "down"}
        ariaControls="health-by-topic"
        ariaExpanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        By topic
      </Button>
      <Box width="100%">
        <Collapsible id="health-by-topic" open={open}>
          <BlockStack gap="300">
            <Text as="p" tone="subdued">
              The delay is from Shopify&apos;s trigger to our receipt.
            </Text>
            {seen.length > 0 ? <Topics topics={seen} /> : null}
            {neverSeen.length > 0 ? <NeverSeen topics={neverSeen} /> : null}
          </BlockStack>
        </Collapsible>
      </Box>
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
