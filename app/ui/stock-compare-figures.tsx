import { BlockStack, Card, InlineGrid, SkeletonBodyText, Text } from "@shopify/polaris";

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
        {counts === null ? (
          <SkeletonBodyText lines={3} />
        ) : (
          <>
            <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
              <Figure label="Levels compared" value={counts.levels} />
              <Figure label="Equal" value={counts.equal} />
              <Figure label="Would be raised" value={counts.raised} />
              <Figure label="Would be lowered" value={counts.lowered} />
            </InlineGrid>
            <Skipped counts={counts} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Skipped({ counts: { skipped } }: { counts: StockCompareCounts }) {
  const some = stockSkips.filter((skip) => skipped[skip] > 0);
  if (some.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Left alone
      </Text>
      <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
        {some.map((skip) => (
          <Figure key={skip} label={skipHeadings[skip]} value={skipped[skip]} />
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
