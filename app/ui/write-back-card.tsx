import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import { StatusBadge } from "./status-badge.tsx";
import { writeBackWords } from "./write-back-words.ts";

/** What could be written to Shopify, kind by kind: all of it is off, and there is nothing that could turn it on by itself. */
export function WriteBackCard() {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          Every kind is off. This app only reads from your shop: it has not asked for any permission to write,
          and this version has no way to use one. When a kind can be turned on, it is turned on here, one by
          one.
        </Text>
        <BlockStack gap="200" as="ul">
          {Object.entries(writeBackWords).map(([kind, words]) => (
            <li key={kind}>
              <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                <Text as="span">{words}</Text>
                <StatusBadge of="toggle" status="off" />
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
