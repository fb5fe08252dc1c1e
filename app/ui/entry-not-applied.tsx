import { BlockStack, Card, Text } from "@shopify/polaris";

/** What Shopify says of an order and the ERP did not follow, and what stands against it. */
export function EntryNotApplied({ notApplied }: { notApplied: readonly { news: string; fact: string }[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What Shopify says and the ERP did not follow
        </Text>
        {notApplied.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing: the ERP&apos;s order follows everything Shopify has said.
          </Text>
        ) : null}
        {notApplied.map(({ news, fact }) => (
          <BlockStack key={`${news} ${fact}`} gap="050">
            <Text as="p" fontWeight="semibold" breakWord>
              {news}
            </Text>
            <Text as="p" breakWord>{`Not followed because: ${fact}`}</Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
