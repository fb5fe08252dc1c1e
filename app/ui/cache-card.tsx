import { Box, Card, Link, Text } from "@shopify/polaris";

import type { QueuedKind } from "#app/cache/cache-tables.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { RowsTable } from "./rows-table.tsx";
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
  const kindLink = (kind: QueuedKind) => <Link url={href(`/app/cache/${kind}`)}>{kindWords[kind].many}</Link>;
  const link = (kind: QueuedKind, status: string, words: string) => (
    <Link key={status} url={href(`/app/cache/${kind}?status=${status}`)}>
      {words}
    </Link>
  );
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          Cache
        </Text>
      </Box>
      <RowsTable
        resource={{ singular: "kind", plural: "kinds" }}
        rows={shown}
        idOf={(kind) => kind}
        columns={[
          { title: "Kind", cell: (kind) => kindLink(kind) },
          ...STATUSES.map((status) => ({
            title: statusLook("entry", status).words,
            numeric: true,
            cell: (kind: QueuedKind) =>
              counts[kind][status] === 0
                ? format.number(0)
                : link(kind, status, format.number(counts[kind][status])),
          })),
        ]}
        compact={(kind) => (
          <>
            {kindLink(kind)}
            {STATUSES.filter((status) => status === "pending" || counts[kind][status] > 0).map((status) => {
              const words = `${statusLook("entry", status).words}: ${format.number(counts[kind][status])}`;
              return counts[kind][status] === 0 ? (
                <Text key={status} as="span">
                  {words}
                </Text>
              ) : (
                link(kind, status, words)
              );
            })}
          </>
        )}
      />
    </Card>
  );
}
