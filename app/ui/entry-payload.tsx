import { Banner, Button, Card, BlockStack, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";

import { shapeWords, sourceWords } from "./cache-words.ts";
import type { VersionView } from "./cache-view.ts";
import { PayloadViewer } from "./payload-viewer.tsx";
import { useFormat } from "./shop-format.tsx";
import { usePayloadText } from "./use-payload-text.ts";

/** The payload a person has chosen, in full. */
export function EntryPayload({ version, known }: { version: VersionView; known: Record<string, string> }) {
  const format = useFormat();
  const text = usePayloadText(version, known);
  const part = version.kind === "fulfillment_order" ? `Fulfilment order ${version.id}, ` : "";
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Payload
          </Text>
          <Text as="p" tone="subdued">
            {`${part}${shapeWords[version.shape]}, received ${format.dateTime(version.receivedAt)} by ${sourceWords[version.source].toLowerCase()}${version.supersededAt === null ? "" : ", replaced since"}`}
          </Text>
        </BlockStack>
        {text.state === "loading" ? <SkeletonBodyText lines={8} /> : null}
        {text.state === "lost" ? <PayloadLost again={text.again} /> : null}
        {text.state === "there" ? <PayloadViewer key={version.contentHash} raw={text.raw} /> : null}
      </BlockStack>
    </Card>
  );
}

/** That a payload's text did not come, and the button that asks again. */
export function PayloadLost({ again }: { again: () => void }) {
  return (
    <Banner tone="warning" title="This payload could not be loaded">
      <BlockStack gap="200">
        <Text as="p">A newer one may have come since the page was opened, or the connection is gone.</Text>
        <InlineStack>
          <Button onClick={again}>Try again</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
