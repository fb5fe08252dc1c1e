import { BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";

import type { CacheRowView } from "./cache-view.ts";
import { sourceWords } from "./cache-words.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { errorAction } from "./error-action.ts";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** Where an entry stands, and when it is tried again. */
export function EntryStatusCell({ row }: { row: CacheRowView }) {
  const format = useFormat();
  const tries = triesWords(row, format);
  return (
    <BlockStack gap="050" inlineAlign="start">
      <StatusBadge of="entry" status={row.status} />
      {tries === null ? null : (
        <Text as="span" tone="subdued" variant="bodySm">
          {tries}
        </Text>
      )}
    </BlockStack>
  );
}

/** "3 tries · next 26 Nov 2026, 10:42 am"; null where it has not failed. */
export function triesWords(
  { error, attempts, nextRetryAt, status }: CacheRowView,
  format: Pick<Format, "number" | "dateTime">,
): string | null {
  if (error === null) return null;
  const tries = `${format.number(attempts)} ${attempts === 1 ? "try" : "tries"}`;
  if (status === "quarantined" || nextRetryAt === null) return tries;
  return `${tries} · next ${format.dateTime(nextRetryAt)}`;
}

/** Why an entry is not done: its error with the next step, and what Shopify is to be asked for. */
export function EntryReasonCell({
  row,
  retry,
}: {
  row: CacheRowView;
  retry: { send: () => void; isBusy: boolean };
}) {
  const href = useEmbeddedHref();
  const { error, needsFetch, fetchError, deletedAt } = row;
  const step = error === null ? null : errorAction(error.code);
  return (
    <div style={{ whiteSpace: "normal", minWidth: "16rem", maxWidth: "32rem", overflowWrap: "anywhere" }}>
      <BlockStack gap="100">
        {error === null ? null : (
          <>
            <Text as="span" tone="critical">
              {error.text}
            </Text>
            <Text as="span" variant="bodySm">
              {error.next}
            </Text>
            <InlineStack gap="300">
              {step === null || step.path === null ? null : <Link url={href(step.path)}>{step.label}</Link>}
              <Button
                variant="plain"
                loading={retry.isBusy}
                accessibilityLabel={`Retry ${row.label}`}
                onClick={retry.send}
              >
                Retry
              </Button>
            </InlineStack>
          </>
        )}
        {needsFetch === null || deletedAt !== null ? null : (
          <Text as="span" variant="bodySm">
            {`To be fetched: ${needsFetch}${fetchError === null ? "" : `. The last try did not succeed: ${fetchError}`}`}
          </Text>
        )}
        {deletedAt === null ? null : (
          <Text as="span" variant="bodySm">
            Deleted at Shopify
          </Text>
        )}
      </BlockStack>
    </div>
  );
}

/** An entry on a phone, under what it is known by. */
export function EntryCompact({ row, retry }: Parameters<typeof EntryReasonCell>[0]) {
  const format = useFormat();
  return (
    <BlockStack gap="100" inlineAlign="start">
      <EntryStatusCell row={row} />
      <EntryReasonCell row={row} retry={retry} />
      <Text as="span" tone="subdued" variant="bodySm">
        {`Received ${format.dateTime(row.receivedAt)} by ${sourceWords[row.source].toLowerCase()}`}
      </Text>
    </BlockStack>
  );
}
