import { Badge, InlineStack } from "@shopify/polaris";

import { StatusBadge } from "./status-badge.tsx";

/** What sets an order apart beside its status; nothing for most. */
export function OrderMarks({
  order: { test, isHistory, archivedAt },
}: {
  order: { test: boolean; isHistory: boolean; archivedAt: string | null };
}) {
  if (!test && !isHistory && archivedAt === null) return null;
  return (
    <InlineStack gap="100">
      {test ? <Badge>Test</Badge> : null}
      {isHistory ? <Badge>History</Badge> : null}
      {archivedAt === null ? null : <StatusBadge of="catalogue" status="deleted" />}
    </InlineStack>
  );
}
