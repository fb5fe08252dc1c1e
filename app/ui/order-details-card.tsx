import { BlockStack, Card, InlineStack, Tag, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { Fact } from "./fact.tsx";

/** What else the order says of itself. */
export function OrderDetailsCard({ order }: { order: ErpOrderWithParts }) {
  const facts = [
    ["Note", order.note],
    ["Source", order.source],
    [
      "Shipping",
      order.shippingLines
        .map(({ title, isRemoved }) => (isRemoved ? `${title} (removed)` : title))
        .join(", "),
    ],
    ["Discount codes", order.discountCodes.join(", ")],
    ["Payment gateways", order.gateways.join(", ")],
    ["Purchase order number", order.poNumber],
    ["Shopify's fulfilment status", order.fulfillmentStatus?.toLowerCase().replaceAll("_", " ")],
    ["Words of Shopify's this version does not know", order.unknownValues.join(", ")],
    ...order.attributes.map(({ name, value }) => [name, value] as const),
  ] as const;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Details
        </Text>
        {facts.map(([term, words]) =>
          words ? (
            <Fact key={term} term={term}>
              {words}
            </Fact>
          ) : null,
        )}
        {order.tags.length === 0 ? null : (
          <BlockStack gap="100">
            <Text as="span" tone="subdued">
              Tags
            </Text>
            <InlineStack gap="100">
              {order.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </InlineStack>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
