import { BlockStack, Text } from "@shopify/polaris";

/** One thing that is known, under its name. */
export function Fact({ term, children }: { term: string; children: string }) {
  return (
    <BlockStack>
      <Text as="span" tone="subdued">
        {term}
      </Text>
      <Text as="span" breakWord>
        {children}
      </Text>
    </BlockStack>
  );
}
