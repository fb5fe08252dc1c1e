import { BlockStack, Box, Button, Card, Collapsible, InlineStack, List, Text } from "@shopify/polaris";
import { useId, useState } from "react";

import type { ColumnExplanation, OrderExplanation } from "#app/erp/processor/explain-order.ts";

/** Why the order is as it is: what Shopify says and the ERP did not follow, and where each of its values came from. */
export function OrderWhyCard({ explanation }: { explanation: OrderExplanation | null }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Why is it so?
        </Text>
        {explanation === null ? (
          <Text as="p" tone="subdued">
            Shopify&apos;s record of this order cannot be read at the moment: its cache entry says why.
          </Text>
        ) : (
          <>
            <NotFollowed explanation={explanation} />
            <InlineStack>
              <Button
                variant="plain"
                disclosure={isOpen ? "up" : "down"}
                ariaExpanded={isOpen}
                ariaControls={id}
                onClick={() => {
                  setOpen(!isOpen);
                }}
              >
                Where each value came from
              </Button>
            </InlineStack>
            <Collapsible id={id} open={isOpen}>
              <BlockStack gap="400">
                <Origins heading="Of the order" columns={explanation.order} />
                <Origins heading="Of its items" columns={explanation.lines} />
              </BlockStack>
            </Collapsible>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function NotFollowed({ explanation: { notApplied } }: { explanation: OrderExplanation }) {
  if (notApplied.length === 0)
    return (
      <Text as="p" tone="subdued">
        Everything that Shopify says of this order was followed.
      </Text>
    );
  return (
    <BlockStack gap="200">
      <Text as="p">Not everything that Shopify says was followed:</Text>
      <List>
        {notApplied.map(({ rule, news, fact }) => (
          <List.Item key={`${rule} ${news}`}>
            {news}. {fact}. (Rule: {rule.replaceAll("-", " ")})
          </List.Item>
        ))}
      </List>
    </BlockStack>
  );
}

const shapes = { rest: "webhook", bulk: "bulk file", detail: "full detail" };

function Origins({ heading, columns }: { heading: string; columns: Record<string, ColumnExplanation> }) {
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {heading}
      </Text>
      {Object.entries(columns).map(([column, { rule, from }]) => (
        <Box key={column}>
          <Text as="p" fontWeight="semibold">
            {column}
          </Text>
          <Text as="p" tone="subdued" breakWord>
            {[
              rule === null ? null : `Rule: ${rule.replaceAll("-", " ")}`,
              ...from.map(({ shape, path }) => `${shapes[shape]}: ${path}`),
            ]
              .filter((one) => one !== null)
              .join(" · ") || "Not told"}
          </Text>
        </Box>
      ))}
    </BlockStack>
  );
}
