import { BlockStack, Card, DataTable, Text } from "@shopify/polaris";

import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { useFormat } from "./shop-format.tsx";
import type { CacheCountsView } from "./sync-view.ts";

/** What a person calls the records of each kind. */
export const kindWords: Record<QueuedKind, { one: string; many: string }> = {
  product: { one: "Product", many: "Products" },
  customer: { one: "Customer", many: "Customers" },
  order: { one: "Order", many: "Orders" },
  inventory: { one: "Stock level", many: "Stock levels" },
};

const KINDS: QueuedKind[] = ["product", "customer", "order", "inventory"];

/** Where the cached records of each kind stand. */
export function CacheCard({ counts }: { counts: CacheCountsView }) {
  const format = useFormat();
  // Stock is cached only by shops that sync it.
  const shown = KINDS.filter((kind) => kind !== "inventory" || counts[kind].total > 0);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Cache
        </Text>
        <DataTable
          columnContentTypes={["text", "numeric", "numeric", "numeric", "numeric"]}
          headings={["Kind", "Pending", "Processed", "Failed", "Quarantined"]}
          rows={shown.map((kind) => [
            kindWords[kind].many,
            format.number(counts[kind].pending),
            format.number(counts[kind].processed),
            format.number(counts[kind].failed),
            format.number(counts[kind].quarantined),
          ])}
          increasedTableDensity
        />
      </BlockStack>
    </Card>
  );
}
