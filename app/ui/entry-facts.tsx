import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";

import { shapeWords, sourceWords } from "./cache-words.ts";
import type { EntryView } from "./cache-view.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminButton } from "./shopify-admin-link.tsx";

/** Where an entry stands, with all its times, and the ways to the records it stands for. */
export function EntryFacts({ entry }: { entry: EntryView }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { erp, shopifyUrl, source, shape } = entry;
  const time = (term: string, iso: string | null) =>
    iso === null ? null : <Fact term={term}>{format.dateTime(iso)}</Fact>;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Record
          </Text>
          {erp === null ? (
            <Text as="p" tone="subdued">
              Not in the ERP yet.
            </Text>
          ) : null}
          <InlineStack gap="200">
            {erp === null ? null : <Button url={href(erp.path)}>{`Open ${erp.label}`}</Button>}
            {shopifyUrl === null ? null : (
              <ShopifyAdminButton url={shopifyUrl}>Open in Shopify</ShopifyAdminButton>
            )}
          </InlineStack>
          <Fact term="Shopify's id">{entry.id}</Fact>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            State
          </Text>
          {time("Changed at Shopify", entry.shopifyUpdatedAt)}
          {time("Webhook triggered", source === "webhook" ? entry.triggeredAt : null)}
          <Fact term="Received">
            {`${format.dateTime(entry.receivedAt)} by ${sourceWords[source].toLowerCase()}`}
          </Fact>
          <Fact term="Worded as">{shapeWords[shape]}</Fact>
          {time("Processed into the ERP", entry.processedAt)}
          {entry.error === null ? null : (
            <Fact term="Tries that failed">{format.number(entry.attempts)}</Fact>
          )}
          {time("Next try", entry.status === "failed" ? entry.nextRetryAt : null)}
          {time("Waits for a person since", entry.quarantinedAt)}
          {time("Deleted at Shopify", entry.deletedAt)}
        </BlockStack>
      </Card>
      <FetchFacts entry={entry} />
    </BlockStack>
  );
}

function FetchFacts({ entry }: { entry: EntryView }) {
  const format = useFormat();
  const { needsFetch, fetchError, fetchAttempts, nextFetchAt, newsAt, untold } = entry;
  if (needsFetch === null && untold === null) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          To be fetched from Shopify
        </Text>
        {needsFetch === null ? null : <Fact term="Why">{needsFetch}</Fact>}
        {newsAt === null ? null : <Fact term="Told">{format.dateTime(newsAt)}</Fact>}
        {fetchError === null ? null : (
          <Fact term={`Last try did not succeed (${format.number(fetchAttempts)} so far)`}>{fetchError}</Fact>
        )}
        {needsFetch === null ? null : (
          <Fact term="Next try">
            {nextFetchAt === null ? "As soon as the worker is free" : format.dateTime(nextFetchAt)}
          </Fact>
        )}
        {untold === null ? null : <Fact term="What Shopify did not tell">{untold}</Fact>}
      </BlockStack>
    </Card>
  );
}
