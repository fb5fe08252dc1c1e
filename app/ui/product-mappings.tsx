import { BlockStack, Card, Text } from "@shopify/polaris";

import type { ProductPage } from "#app/erp/catalog/catalogue-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { RemoveMapping } from "./remove-mapping.tsx";
import { useFormat } from "./shop-format.tsx";
import { useIntent } from "./use-intent.ts";

/** Variants of which a person said that they are a SKU of this product. */
export function ProductMappings({ mappings }: Pick<ProductPage, "mappings">) {
  const format = useFormat();
  const removal = useIntent("unmap");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Mapped by a person
        </Text>
        <AnswerProblem answer={removal.answer} onRetry={removal.again} />
        {mappings.length === 0 ? (
          <Text as="p" tone="subdued">
            No further variant was mapped to a SKU of this product.
          </Text>
        ) : null}
        {mappings.map(({ shopifyVariantId, skuId, skuName, createdBy, createdAt }) => (
          <BlockStack key={shopifyVariantId} gap="100" inlineAlign="start">
            <Text as="p">{`Variant ${shopifyVariantId} is ${skuName}`}</Text>
            <Text as="p" tone="subdued">
              {`Staff member ${createdBy}, ${format.dateTime(createdAt)}`}
            </Text>
            <RemoveMapping variantId={shopifyVariantId} skuId={skuId} skuName={skuName} removal={removal} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
