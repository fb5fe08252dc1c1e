import { BlockStack, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import { changeWords } from "./stock-compare-words.ts";
import type { StockCompareView, StockFigures } from "./stock-compare-view.ts";
import { scopeWords } from "./write-back-words.ts";

type Question = {
  counts: StockFigures;
  isBusy: boolean;
  answer: PageAnswer | undefined;
  onClose: () => void;
  onYes: () => void;
};

const ON_CONFLICT: Record<StockCompareView["onConflict"], string> = {
  ask: "Where somebody has changed it meanwhile, nothing is sent and you are asked.",
  erp: "Where somebody has changed it meanwhile, the ERP's number is sent all the same.",
  shopify: "Where somebody has changed it meanwhile, Shopify's number stays.",
};

/** Asks whether a person has seen the comparison, and lets stock be sent from now on. */
export function AllowStockModal({
  counts,
  missingScope,
  isBusy,
  answer,
  onClose,
  onYes,
}: Question & { missingScope: string | null }) {
  const format = useFormat();
  return (
    <AppModal
      open
      title="Allow stock to be sent?"
      primaryAction={{ content: "I have seen this: allow", loading: isBusy, onAction: onYes }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <AnswerProblem answer={answer} />
        <Text as="p">
          {counts.differ === 0
            ? "The ERP and Shopify agree on every level that can be sent."
            : `The ERP and Shopify differ in ${format.number(counts.differ)} of ${format.number(counts.levels)} levels. With the ERP's numbers ${changeWords(counts, format)}.`}
        </Text>
        <Text as="p">
          From now on each change of stock in the ERP is sent to Shopify, and so are changes that have waited
          for this. Other differences are sent when you say so, with “Send the differences”.
        </Text>
        {missingScope === null ? null : (
          <Text as="p">{`Shopify asks you next for the permission “${scopeWords(missingScope)}”.`}</Text>
        )}
        <Text as="p" tone="subdued">
          It is noted that you have seen this, and when.
        </Text>
      </BlockStack>
    </AppModal>
  );
}

/** Asks whether all differences are to be sent now. */
export function SendDifferencesModal({
  counts,
  onConflict,
  isBusy,
  answer,
  onClose,
  onYes,
}: Question & { onConflict: StockCompareView["onConflict"] }) {
  const format = useFormat();
  return (
    <AppModal
      open
      title={
        counts.differ === 1 ? "Send the difference?" : `Send ${format.number(counts.differ)} differences?`
      }
      primaryAction={{ content: "Send", loading: isBusy, onAction: onYes }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <AnswerProblem answer={answer} />
        <Text as="p">{`In Shopify ${changeWords(counts, format)}.`}</Text>
        {counts.questions === 0 ? null : (
          <Text as="p">{`${format.number(counts.questions)} of them ${counts.questions === 1 ? "waits" : "wait"} for your answer: those are left out.`}</Text>
        )}
        <Text as="p">{`Just before each is sent, Shopify is asked what it has. ${ON_CONFLICT[onConflict]}`}</Text>
      </BlockStack>
    </AppModal>
  );
}
