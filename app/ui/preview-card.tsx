import { BlockStack, Button, Card, InlineGrid, InlineStack, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { Figure } from "./figure.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import type { PreviewView, SyncAnswer } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** What is in Shopify now, asked from Shopify itself. */
export function PreviewCard() {
  const { send, pending, answer, again } = useIntent<SyncAnswer>("preview");
  const preview = answer?.ok ? answer.preview : undefined;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            In Shopify
          </Text>
          <Button
            loading={pending("intent") !== null}
            onClick={() => {
              send({ intent: "preview" });
            }}
          >
            Preview
          </Button>
        </InlineStack>
        <AnswerProblem answer={answer} onRetry={again} />
        {preview ? (
          <PreviewFigures preview={preview} />
        ) : (
          <Text as="p" tone="subdued">
            Preview asks Shopify how much there is to sync. Nothing is changed.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function PreviewFigures({ preview }: { preview: PreviewView }) {
  const format = useFormat();
  return (
    <BlockStack gap="300">
      <InlineGrid columns={3} gap="200">
        <Figure label="Products" value={preview.products} />
        <Figure label="Customers" value={preview.customers} />
        <Figure label="Orders" value={preview.orders} />
      </InlineGrid>
      <Text as="p" tone="subdued">
        Only customers with at least one order are synced.
      </Text>
      <BlockStack gap="150">
        {preview.firstProducts.map((product) => (
          <InlineStack key={product.id} align="space-between" gap="200" wrap={false} blockAlign="center">
            <Text as="span" breakWord>
              {`${product.title} · ${format.number(product.variants)} ${product.variants === 1 ? "variant" : "variants"}`}
            </Text>
            <StatusBadge of="product" status={product.status} />
          </InlineStack>
        ))}
      </BlockStack>
    </BlockStack>
  );
}
