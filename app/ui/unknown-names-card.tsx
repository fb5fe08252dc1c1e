import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { UnknownNameView } from "./payment-rules-view.ts";
import { useFormat } from "./shop-format.tsx";

/** Gateway names of the shop's orders that no saved rule knows, and what hangs on each. */
export function UnknownNamesCard({
  unknown,
  onTry,
  onMakeRule,
}: {
  unknown: readonly UnknownNameView[];
  onTry: (name: string) => void;
  onMakeRule: (name: string) => void;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Names no rule knows
        </Text>
        {unknown.length === 0 ? (
          <Text as="p" tone="subdued">
            None: every gateway name of your orders is known.
          </Text>
        ) : (
          <Text as="p" tone="subdued">
            Orders with such a name are Prepaid when they are paid in full, and else wait on hold for a rule.
          </Text>
        )}
        {unknown.map(({ name, orders, openOrders, lastSeenAt, exampleOrderId, exampleOrderNumber }) => (
          <BlockStack key={name} gap="100">
            <Text as="h3" variant="headingSm" breakWord>
              {name}
            </Text>
            <Text as="p" tone="subdued">
              {`${format.number(orders)} ${orders === 1 ? "order" : "orders"}, ${format.number(openOrders)} still to be shipped; last ${format.dateTime(lastSeenAt)}: `}
              <Link url={href(`/app/orders/${exampleOrderId}`)}>{exampleOrderNumber}</Link>
            </Text>
            <InlineStack gap="200">
              <Button
                accessibilityLabel={`Make a rule for ${name}`}
                onClick={() => {
                  onMakeRule(name);
                }}
              >
                Make a rule
              </Button>
              <Button
                variant="plain"
                accessibilityLabel={`Try it: ${name}`}
                onClick={() => {
                  onTry(name);
                }}
              >
                Try it
              </Button>
            </InlineStack>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
