import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { useFormat } from "./shop-format.tsx";
import type { SyncProgress } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** The backfill: a dry run says what would change, and only then can it be changed, after a second press. */
export function BackfillPart({ isBusy, dryRun }: { isBusy: boolean; dryRun: SyncProgress["dryRun"] }) {
  const { send, pending, answer, again } = useIntent("backfill");
  const format = useFormat();
  /** The dry run whose figures a person has said yes to; another one is asked about anew. */
  const [asked, setAsked] = useState<string | null>(null);
  const sending = pending("intent");
  const isAsked = dryRun !== null && asked === dryRun.finishedAt;
  const button = (intent: string) => ({
    loading: sending === intent,
    disabled: isBusy || (sending !== null && sending !== intent),
  });
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Backfill
      </Text>
      <Text as="p" tone="subdued">
        Fills in what older ERP records lack after an update of this app: they are computed again from the
        cache, and Shopify is not asked. The dry run counts what would change and changes nothing.
      </Text>
      <AnswerProblem answer={answer} onRetry={again} />
      {dryRun === null || isBusy ? null : (
        <BlockStack gap="100">
          <Text as="p" breakWord>
            {dryRun.found ?? "The dry run is complete."}
          </Text>
          <Text as="p" tone="subdued">
            {`Dry run of ${format.dateTime(dryRun.finishedAt)}; it holds for 24 hours.`}
          </Text>
        </BlockStack>
      )}
      <InlineStack gap="200">
        <Button
          {...button("backfill-dry-run")}
          onClick={() => {
            send({ intent: "backfill-dry-run" });
          }}
        >
          Dry run
        </Button>
        {dryRun === null || isBusy ? null : isAsked ? (
          <>
            <Button
              variant="primary"
              {...button("backfill")}
              onClick={() => {
                send({ intent: "backfill" });
              }}
            >
              Fill in now
            </Button>
            <Button
              onClick={() => {
                setAsked(null);
              }}
            >
              Leave as it is
            </Button>
          </>
        ) : (
          <Button
            {...button("backfill")}
            onClick={() => {
              setAsked(dryRun.finishedAt);
            }}
          >
            Fill in
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  );
}
