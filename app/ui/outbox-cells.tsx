import { BlockStack, Button, Text } from "@shopify/polaris";

import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { outboxState, outboxSubject } from "./outbox-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** How it stands: the badge, and why. */
export function Standing({ row }: { row: OutboxRow }) {
  const format = useFormat();
  const words = outboxState(row, format);
  return (
    <BlockStack gap="050" inlineAlign="start">
      <StatusBadge of="outbox" status={row.standing} />
      {words === null || words === "" ? null : (
        <Text as="span" tone="subdued" variant="bodySm" breakWord>
          <Wide>{words}</Wide>
        </Text>
      )}
    </BlockStack>
  );
}

/** Table cells keep to one line; what is said in words may take several. */
export function Wide({ children }: { children: string }) {
  return (
    <span
      style={{
        whiteSpace: "normal",
        display: "inline-block",
        maxWidth: "24rem",
        overflowWrap: "anywhere",
      }}
    >
      {children}
    </span>
  );
}

/** Opens everything that is known of one; of one that waits for a person it says so. */
export function OpenButton({ row, onOpen }: { row: OutboxRow; onOpen: (row: OutboxRow) => void }) {
  const isAsked = ["conflict", "refused"].includes(row.standing);
  const label = isAsked ? "Decide" : "Details";
  return (
    // A press anywhere on a row follows its link, also one on a button in it.
    <span
      onClick={(event) => {
        event.stopPropagation();
      }}
    >
      <Button
        size="slim"
        accessibilityLabel={`${label} (${outboxSubject(row)}: ${row.words})`}
        onClick={() => {
          onOpen(row);
        }}
      >
        {label}
      </Button>
    </span>
  );
}
