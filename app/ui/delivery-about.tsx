import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import { recordPath, recordWords } from "./delivery-words.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import type { DeliveryDetailView } from "./webhook-pages-view.ts";

/** What a delivery is about, and the headers it came with. */
export function DeliveryAbout({ delivery }: { delivery: DeliveryDetailView }) {
  const href = useEmbeddedHref();
  const path = recordPath(delivery);
  const { recordId } = delivery;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          About this webhook
        </Text>
        <Fact term="About">{recordWords(delivery) ?? "No record is named"}</Fact>
        {path === null ? null : <Link url={href(path)}>Open the record in the cache</Link>}
        {recordId === null ? null : (
          <Link url={href(`/app/webhooks?search=${encodeURIComponent(recordId)}`)}>
            All webhooks about this record
          </Link>
        )}
        {delivery.isOurs ? (
          <Fact term="Whose change">
            Ours: this app changed it in Shopify, and Shopify tells it back. Nothing changes by it here.
          </Fact>
        ) : null}
        <Fact term="Topic">{delivery.topic}</Fact>
        <Fact term="Webhook id">{delivery.webhookId}</Fact>
        <Fact term="Event id">{delivery.eventId ?? "Shopify did not say"}</Fact>
        <Fact term="API version">{delivery.apiVersion ?? "Shopify did not say"}</Fact>
        <Fact term="Signature">Verified when it came</Fact>
        {delivery.error === null ? null : <Fact term="Code">{delivery.error.code}</Fact>}
      </BlockStack>
    </Card>
  );
}
