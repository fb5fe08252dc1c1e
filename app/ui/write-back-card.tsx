import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import { StatusBadge } from "./status-badge.tsx";
import type { ChosenSettingsView } from "./sync-view.ts";
import { writeBackWords } from "./write-back-words.ts";

/** What may be written to Shopify, kind by kind, as the shop's settings say; this version writes none of it. */
export function WriteBackCard({ chosen }: { chosen: ChosenSettingsView | null }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          Writing to Shopify is not available in this version: the app only reads from your shop, and has not
          asked for any permission to write. Until it is, a kind that is on changes nothing in your shop.
        </Text>
        {chosen === null ? (
          <Text as="p">The settings could not be read.</Text>
        ) : (
          <BlockStack gap="200" as="ul">
            {(Object.keys(writeBackWords) as (keyof typeof writeBackWords)[]).map((kind) => (
              <li key={kind}>
                <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                  <Text as="span">{writeBackWords[kind]}</Text>
                  <StatusBadge of="toggle" status={chosen.writeBack[kind] ? "on" : "off"} />
                </InlineStack>
              </li>
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
