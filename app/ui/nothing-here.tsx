import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

/** Why a list or card shows nothing, and the button that changes it. */
export function NothingHere({
  heading,
  children,
  action,
}: {
  heading: string;
  children?: ReactNode;
  action?: { label: string; url?: string; onAction?: () => void };
}) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {heading}
        </Text>
        {children === undefined ? null : (
          <Text as="p" tone="subdued" alignment="center">
            {children}
          </Text>
        )}
        {action ? (
          <InlineStack>
            <Button variant="primary" url={action.url} onClick={action.onAction}>
              {action.label}
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Box>
  );
}
