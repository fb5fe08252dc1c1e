import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { WriteBackKind } from "./home-view.ts";
import type { ChosenSettingsView } from "./sync-view.ts";
import { writeBackWords } from "./write-back-words.ts";

/** Which kinds of changes the shop lets leave for Shopify, and the way to their page. */
export function WriteBackCard({ chosen }: { chosen: ChosenSettingsView | null }) {
  const href = useEmbeddedHref();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">{wordsOf(chosen)}</Text>
        <InlineStack>
          <Button url={href("/app/settings/write-back")}>Open write-back</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function wordsOf(chosen: ChosenSettingsView | null): string {
  if (chosen === null)
    return "The stored settings cannot be read: nothing is sent to Shopify until they can.";
  const on = (Object.keys(writeBackWords) as WriteBackKind[]).filter((kind) => chosen.writeBack[kind]);
  return on.length === 0
    ? "Every kind is switched off: the app changes nothing in your shop. Each is switched on by itself, after you have seen what it would send."
    : `Switched on: ${on.map((kind) => writeBackWords[kind]).join(", ")}. Everything else is off.`;
}
