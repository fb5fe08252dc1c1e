import { BlockStack, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import { changeWords } from "./stock-compare-words.ts";
import type { StockCompareView, StockFigures } from "./stock-compare-view.ts";

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
