import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

import { stockSkips, type StockCompareCounts } from "#app/erp/inventory/stock-compare-row.ts";

import { ConnectionLost } from "./connection-lost.tsx";
import { Figure } from "./figure.tsx";
import { skipHeadings } from "./stock-compare-words.ts";

/** The comparison in figures: what is equal, what would change in Shopify, what is left alone and why. */
export function StockCompareFigures({ counts, lost }: { counts: StockCompareCounts | null; lost: boolean }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          ERP against Shopify
        </Text>
        {lost ? <ConnectionLost /> : null}
        <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
          <Figure label="Levels compared" value={counts?.levels ?? null} />
          <Figure label="Equal" value={counts?.equal ?? null} />
          <Figure label="Would be raised" value={counts?.raised ?? null} />
          <Figure label="Would be lowered" value={counts?.lowered ?? null} />
        </InlineGrid>
        <Skipped skipped={counts?.skipped ?? null} />
      </BlockStack>
    </Card>
  );
}

/** Every reason, also those that nothing has: which they are is known late, and the list below stays where it is. */
function Skipped({ skipped }: { skipped: StockCompareCounts["skipped"] | null }) {
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Left alone
      </Text>
      <InlineGrid columns={{ xs: 2, sm: 5 }} gap="300">
        {stockSkips.map((skip) => (
          <Figure key={skip} label={skipHeadings[skip]} value={skipped?.[skip] ?? null} />
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
