import { BlockStack, Card, DataTable, Link, Text } from "@shopify/polaris";

import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import { statusLook } from "./status-words.ts";
import type { CacheCountsView } from "./sync-view.ts";

/** What a person calls the records of each kind. */
export const kindWords: Record<QueuedKind, { one: string; many: string }> = {
  product: { one: "Product", many: "Products" },
  customer: { one: "Customer", many: "Customers" },
  order: { one: "Order", many: "Orders" },
  inventory: { one: "Stock level", many: "Stock levels" },
};

const KINDS: QueuedKind[] = ["product", "customer", "order", "inventory"];

const STATUSES = ["pending", "processed", "failed", "quarantined"] as const;

/** Where the cached records of each kind stand. */
export function CacheCard({ counts }: { counts: CacheCountsView }) {
  const format = useFormat();
  const href = useEmbeddedHref();
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
          headings={["Kind", ...STATUSES.map((status) => statusLook("entry", status).words)]}
          rows={shown.map((kind) => [
            <Link key={kind} url={href(`/app/cache/${kind}`)}>
              {kindWords[kind].many}
            </Link>,
            ...STATUSES.map((status) =>
              counts[kind][status] === 0 ? (
                format.number(0)
              ) : (
                <Link key={status} url={href(`/app/cache/${kind}?status=${status}`)}>
                  {format.number(counts[kind][status])}
                </Link>
              ),
            ),
          ])}
          increasedTableDensity
        />
      </BlockStack>
    </Card>
  );
}
