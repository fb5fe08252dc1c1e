import { BlockStack, Box, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { useIsNarrow } from "./narrow.tsx";
import { lineQuantities } from "./order-line-quantities.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Line = ErpOrderWithParts["lines"][number];

/** What was ordered, and how far each of it is. */
export function OrderLinesCard({ order: { lines, currency } }: { order: ErpOrderWithParts }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Items
        </Text>
        {lines.map((line, index) => (
          <BlockStack key={line.id} gap="300">
            {index === 0 ? null : <Divider />}
            <LineRow line={line} currency={currency} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function LineRow({ line, currency }: { line: Line; currency: string }) {
  const format = useFormat();
  const isNarrow = useIsNarrow();
  const money = (amount: string) => format.money(amount, currency);
  const isNone = (amount: string) => Number(amount) === 0;
  const goods = (
    <Box maxWidth="36rem">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm" breakWord>
            {line.title}
          </Text>
          <StatusBadge of="line" status={line.lineStatus} />
        </InlineStack>
        <Text as="span" tone="subdued" breakWord>
          {[
            line.variantTitle,
            line.isGiftCard ? "Gift card" : null,
            line.requiresShipping ? null : "Not shipped",
          ]
            .filter((one) => one !== null)
            .join(" · ")}
        </Text>
        <LineSku line={line} />
        <Text as="span">{lineQuantities(line, format.number)}</Text>
        {line.attributes.map(({ name, value }) => (
          <Text key={name} as="span" tone="subdued" breakWord>
            {name}: {value}
          </Text>
        ))}
      </BlockStack>
    </Box>
  );
  const amounts = (
    <BlockStack gap="100" inlineAlign={isNarrow ? "start" : "end"}>
      <Text as="span" numeric>
        {money(line.unitPrice)} × {format.number(line.qty)}
      </Text>
      {isNone(line.discountAmount) ? null : (
        <Text as="span" tone="subdued" numeric>
          after {money(line.discountAmount)} discount
        </Text>
      )}
      {isNone(line.taxAmount) ? null : (
        <Text as="span" tone="subdued" numeric>
          {money(line.taxAmount)} tax
        </Text>
      )}
      <Text as="span" fontWeight="semibold" numeric>
        {money(line.lineTotal)}
      </Text>
    </BlockStack>
  );
  return isNarrow ? (
    <BlockStack gap="200">
      {goods}
      {amounts}
    </BlockStack>
  ) : (
    <InlineStack align="space-between" gap="200" blockAlign="start">
      {goods}
      {amounts}
    </InlineStack>
  );
}

/** Goods without a SKU cannot be picked: somebody has to say what they are. */
function LineSku({ line }: { line: Line }) {
  const href = useEmbeddedHref();
  if (line.skuId !== null)
    return (
      <Text as="span" tone="subdued" breakWord>
        SKU {line.skuCode ?? "without a code"}
      </Text>
    );
  const code = line.skuCode === null ? "" : ` (Shopify says ${line.skuCode})`;
  if (!line.requiresShipping || line.shopifyVariantId === null)
    return (
      <Text as="span" tone="subdued" breakWord>
        No SKU{code}
      </Text>
    );
  return (
    <InlineStack gap="100">
      <Text as="span" tone="caution" breakWord>
        No SKU{code}:
      </Text>
      <Link url={href("/app/catalogue/workbench")}>map it</Link>
    </InlineStack>
  );
}
