import { BlockStack, Box, Card, InlineGrid, Link, Text } from "@shopify/polaris";

import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { kindWords } from "./cache-card.tsx";
import type { WaitingView } from "./cache-view.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";

/** Those a merchant asks about most stand first. */
const ORDER: readonly QueuedKind[] = ["order", "product", "customer", "inventory"];

/** The way from one kind's cache to another's, and what is not as it should be in each. */
export function CacheKinds({ shown, waiting }: { shown: QueuedKind; waiting: WaitingView }) {
  const href = useEmbeddedHref();
  const format = useFormat();
  return (
    <nav aria-label="Kinds of records">
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="300">
          {ORDER.map((kind) => (
            <Card
              key={kind}
              roundedAbove="xs"
              padding="300"
              background={kind === shown ? "bg-surface-selected" : "bg-surface"}
            >
              <BlockStack gap="100">
                <Text as="span" variant="headingSm">
                  {kind === shown ? (
                    <span aria-current="page">{kindWords[kind].many}</span>
                  ) : (
                    <Link url={href(`/app/cache/${kind}`)}>{kindWords[kind].many}</Link>
                  )}
                </Text>
                <Text as="span" variant="bodySm" tone={isFailed(waiting[kind]) ? "critical" : "subdued"}>
                  {waitingWords(waiting[kind], format)}
                </Text>
              </BlockStack>
            </Card>
          ))}
        </InlineGrid>
      </Box>
    </nav>
  );
}

function isFailed({ failed, quarantined }: WaitingView[QueuedKind]): boolean {
  return failed + quarantined > 0;
}

function waitingWords(
  { pending, failed, quarantined }: WaitingView[QueuedKind],
  { number }: Pick<Format, "number">,
): string {
  const parts = [
    ...(pending > 0 ? [`${number(pending)} pending`] : []),
    ...(failed > 0 ? [`${number(failed)} failed, tried again`] : []),
    ...(quarantined > 0 ? [`${number(quarantined)} failed, waiting for a person`] : []),
  ];
  return parts.length === 0 ? "Nothing waits" : parts.join(" · ");
}
