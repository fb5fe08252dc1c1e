import { BlockStack, Box, Button, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { shapeWords, sizeWords, sourceWords } from "./cache-words.ts";
import type { VersionView } from "./cache-view.ts";
import { useFormat } from "./shop-format.tsx";

/** A list of kept payloads: what each is, when and how it came; one can be shown in full. */
export function EntryVersions({
  heading,
  text,
  versions,
  shown,
  onShow,
}: {
  heading: string;
  text: string;
  versions: readonly VersionView[];
  shown: VersionView;
  onShow: (version: VersionView) => void;
}) {
  const { number, ...format } = useFormat();
  const at = (iso: string | null) => (iso === null ? "unknown" : format.dateTime(iso));
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {heading}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
        {versions.map((version, index) => {
          const { kind, id, shape, source, contentHash, supersededAt } = version;
          const title = kind === "fulfillment_order" ? `Fulfilment order ${id}` : shapeWords[shape];
          const isShown = version === shown;
          return (
            <Fragment key={`${kind} ${id} ${shape} ${contentHash} ${supersededAt ?? ""}`}>
              {index > 0 ? <Divider /> : null}
              <InlineStack align="space-between" blockAlign="center" gap="300" wrap={false}>
                <BlockStack gap="050">
                  <Text as="h3" variant="headingSm">
                    {title}
                  </Text>
                  <Text as="p">{`Changed at Shopify ${at(version.shopifyUpdatedAt)}`}</Text>
                  <Text as="p" tone="subdued" variant="bodySm" breakWord>
                    {[
                      `received ${at(version.receivedAt)} by ${sourceWords[source].toLowerCase()}`,
                      ...(supersededAt === null ? [] : [supersededWords(version, at)]),
                      sizeWords(version.bytes, number),
                      `hash ${contentHash.slice(0, 10)}`,
                    ].join(" · ")}
                  </Text>
                </BlockStack>
                <Box minWidth="fit-content">
                  <Button
                    pressed={isShown}
                    accessibilityLabel={`${isShown ? "Shown" : "Show"}: ${title}, received ${at(version.receivedAt)}, hash ${contentHash.slice(0, 10)}`}
                    onClick={() => {
                      onShow(version);
                    }}
                  >
                    {isShown ? "Shown" : "Show"}
                  </Button>
                </Box>
              </InlineStack>
            </Fragment>
          );
        })}
      </BlockStack>
    </Card>
  );
}

/** One that came when a newer one of its shape was there already was never in use. */
function supersededWords(
  { receivedAt, supersededAt }: VersionView,
  at: (iso: string | null) => string,
): string {
  return receivedAt === supersededAt ? "came too late to count" : `replaced ${at(supersededAt)}`;
}
