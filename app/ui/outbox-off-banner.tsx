import { Banner, BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { OutboxListView } from "./outbox-view.ts";
import { useFormat } from "./shop-format.tsx";
import { writeBackWords } from "./write-back-words.ts";

/** What waits because nobody has switched its kind on, or its permission is missing, and where that is done. */
export function OutboxOffBanner({ open, switches }: Pick<OutboxListView, "open" | "switches">) {
  const href = useEmbeddedHref();
  const format = useFormat();
  const held = open.filter(({ kind, waiting }) => waiting > 0 && switches[kind] !== "on");
  if (held.length === 0) return null;
  const count = held.reduce((sum, { waiting }) => sum + waiting, 0);
  return (
    <Banner
      tone="info"
      title={`${format.number(count)} ${count === 1 ? "update waits" : "updates wait"} because Shopify is not told of ${held.length === 1 ? "this" : "these"} yet`}
    >
      <BlockStack gap="200">
        <List>
          {held.map(({ kind, waiting }) => (
            <List.Item key={kind}>
              {`${writeBackWords[kind]}: ${format.number(waiting)} ${waiting === 1 ? "waits" : "wait"}, ${
                switches[kind] === "off" ? "switched off" : "permission missing"
              }`}
            </List.Item>
          ))}
        </List>
        <Text as="p">Nothing leaves this app by itself: look at what would be sent, then switch it on.</Text>
        <InlineStack>
          <Button url={href("/app/settings/write-back")}>Look at it and switch it on</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
