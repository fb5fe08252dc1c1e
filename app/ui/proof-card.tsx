import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { ProofView } from "./proof-view.ts";
import { proofWords } from "./proof-words.ts";
import { useFormat } from "./shop-format.tsx";
import type { Check } from "./use-check.ts";

/** Yesterday: what Shopify has against what the ERP holds, and the button that checks it now; the page's loader has the new line then. */
export function ProofCard({ proof, check }: { proof: ProofView; check: Check }) {
  const format = useFormat();
  const { isChecking, problem } = check;
  const { badge, parts, notes } = proofWords(proof, format);
  const settings = useEmbeddedHref()("/app/settings/shopify");
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
          <Button loading={isChecking} onClick={check.start}>
            Check now
          </Button>
        </InlineStack>
        {problem ? (
          <Banner tone="critical" title={problem.message}>
            <Text as="p">{problem.next}</Text>
          </Banner>
        ) : null}
        {parts.length > 0 ? (
          <Text as="p" variant="bodyLg">
            {parts.map(({ words, needsLook }, index) => (
              <Fragment key={words}>
                {index > 0 ? " · " : null}
                {needsLook ? <Link url={settings}>{words}</Link> : words}
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
