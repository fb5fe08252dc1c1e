import { BlockStack, Text } from "@shopify/polaris";

import { useFormat } from "./shop-format.tsx";

/** One number with its name. */
export function Figure({ label, value }: { label: string; value: number }) {
  const format = useFormat();
  return (
    <BlockStack>
      <Text as="span" tone="subdued">
        {label}
      </Text>
      <Text as="span" variant="headingLg" numeric>
        {format.number(value)}
      </Text>
    </BlockStack>
  );
}
