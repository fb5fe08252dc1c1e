import { BlockStack, SkeletonBodyText, Text } from "@shopify/polaris";

import { useFormat } from "./shop-format.tsx";

/** As high as a number. */
const UNCOUNTED = {
  ...{ height: "var(--p-font-line-height-600)", maxWidth: "4rem" },
  ...{ display: "grid", alignItems: "center" },
};

/** One number with its name; null until it is counted, which takes as much room. */
export function Figure({ label, value }: { label: string; value: number | null }) {
  const format = useFormat();
  return (
    <BlockStack>
      <Text as="span" tone="subdued">
        {label}
      </Text>
      {value === null ? (
        <div style={UNCOUNTED}>
          <SkeletonBodyText lines={1} />
        </div>
      ) : (
        <Text as="span" variant="headingLg" numeric>
          {format.number(value)}
        </Text>
      )}
    </BlockStack>
  );
}
