import { BlockStack, Button, Card, Divider, InlineStack, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import type { ChosenSettingsView } from "./sync-view.ts";

/** Where the rules by which orders are understood stand now, and the ways to their pages. */
export function RulesCard({ chosen }: { chosen: ChosenSettingsView | null }) {
  const format = useFormat();
  const count = chosen?.paymentRules ?? 0;
  const since = chosen?.cutOverAt ?? null;
  return (
    <Card>
      <BlockStack gap="300">
        <Rule
          title="Payment rules"
          path="/app/settings/payment-rules"
          button="Payment rules"
          words={
            chosen === null
              ? "The stored settings cannot be read: look at them there."
              : `${format.number(count)} ${count === 1 ? "rule tells" : "rules tell"} cash on delivery from prepaid, by the name of the gateway, a tag or an attribute. Names can be tried there before an order has them.`
          }
        />
        <Divider />
        <Rule
          title="Order rules and cut-over"
          path="/app/settings/orders"
          button="Order rules"
          words={
            since === null
              ? "From which day orders are work to do and not history, and when an order waits on hold."
              : `Orders created since ${format.dateTime(since)} are work to do; older ones are history.`
          }
        />
      </BlockStack>
    </Card>
  );
}

function Rule({
  title,
  words,
  path,
  button,
}: {
  title: string;
  words: string;
  path: string;
  button: string;
}) {
  const href = useEmbeddedHref();
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <Text as="p">{words}</Text>
      <InlineStack>
        <Button url={href(path)}>{button}</Button>
      </InlineStack>
    </BlockStack>
  );
}
