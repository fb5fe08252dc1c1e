import { InlineStack, Tag, Text } from "@shopify/polaris";

/** A customer's tags; of many only the first, and how many more there are. */
export function CustomerTags({ tags, most = 2 }: { tags: readonly string[]; most?: number }) {
  if (tags.length === 0) return "—";
  const more = tags.length - most;
  return (
    <InlineStack gap="100" blockAlign="center">
      {tags.slice(0, most).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {more > 0 ? (
        <Text as="span" tone="subdued">
          +{more}
        </Text>
      ) : null}
    </InlineStack>
  );
}
