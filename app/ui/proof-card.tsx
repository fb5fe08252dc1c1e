import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import { NextStep } from "./next-step.tsx";
import type { ProofView } from "./proof-view.ts";
import { proofWords } from "./proof-words.ts";
import { useFormat } from "./shop-format.tsx";
import type { Check } from "./use-check.ts";

/** Yesterday: what Shopify has against what the ERP holds, each figure leading to its orders, and the button that checks it now. */
export function ProofCard({ proof, check }: { proof: ProofView; check: Check }) {
  const format = useFormat();
  const { isChecking, problem } = check;
  const { badge, parts, notes } = proofWords(proof, format);
  const href = useEmbeddedHref();
  const page = `/app/proof/${proof.day}`;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Yesterday
            </Text>
            <Badge tone={badge.tone}>{badge.words}</Badge>
          </InlineStack>
          <InlineStack gap="300" blockAlign="center">
            <Button variant="plain" url={href(page)}>
              Open the day
            </Button>
            <Button loading={isChecking} onClick={check.start}>
              Check now
            </Button>
          </InlineStack>
        </InlineStack>
        {problem ? (
          <Banner tone="critical" title={problem.message}>
            <BlockStack gap="200">
              <Text as="p">{problem.next}</Text>
              <NextStep code={problem.code} isBusy={isChecking} onRetry={check.start} />
            </BlockStack>
          </Banner>
        ) : null}
        {parts.length > 0 ? (
          <Text as="p" variant="bodyLg">
            {parts.map(({ words, place, needsLook }, index) => (
              <Fragment key={words}>
                {index > 0 ? " · " : null}
                {place === null ? (
                  words
                ) : (
                  <Link url={href(place === "" ? page : `${page}#${place}`)} monochrome={!needsLook}>
                    {words}
                  </Link>
                )}
              </Fragment>
            ))}
          </Text>
        ) : null}
        {notes.map((note) => (
          <Text key={note} as="p" tone="subdued">
            {note}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}
