import { Banner, BlockStack, InlineGrid, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

import type { ShownStockPreview } from "#app/writeback/stock-to-send.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { Figure } from "./figure.tsx";
import type { StockSendAnswer } from "./stock-compare-view.ts";
import { FROM_NOW_ON, toSendFigures } from "./stock-compare-words.ts";
import type { useIntent } from "./use-intent.ts";
import { usePermission, type PermissionProblem } from "./use-permission.ts";
import { scopeWords } from "./write-back-words.ts";

/**
 * Lets stock be sent: asks what would change as it is now, shows just that, and sends back what was shown. Shopify's own question about
 * the permission comes in between, in the question's place.
 * @param work what the page sends its wishes with
 * @param missingScope the permission that is still to be given
 */
export function useAllowStock(
  { send, pending, answer }: ReturnType<typeof useIntent<StockSendAnswer>>,
  missingScope: string | null,
): {
  isOpen: boolean;
  open: () => void;
  asking: string | null;
  problem: PermissionProblem | null;
  ask: (scope: string) => void;
  question: ReactNode;
} {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<ShownStockPreview | null>(null);
  const [answered, setAnswered] = useState(answer);
  const close = () => {
    setOpen(false);
    setShown(null);
  };
  const look = () => {
    setShown(null);
    setOpen(true);
    send({ intent: "see-stock" });
  };
  const allow = () => {
    if (shown === null) look();
    else send({ intent: "allow-stock", previewId: shown.id });
  };
  const permission = usePermission(allow);
  if (answer !== answered) {
    setAnswered(answer);
    if (answer?.ok === false) {
      // Said where it can be looked at again, also after Shopify's own question.
      if (shown !== null) setOpen(true);
    } else if (answer?.preview === undefined) close();
    else if (isOpen) setShown(answer.preview);
  }
  const refused = answer?.ok === false ? answer : undefined;
  const isBusy = pending("intent") !== null;
  return {
    ...permission,
    ...{ isOpen, open: look },
    question: isOpen ? (
      <AppModal
        open
        title="Allow stock to be sent?"
        primaryAction={
          refused === undefined || isBusy
            ? {
                ...{ content: "I have seen this: allow", loading: isBusy, disabled: shown === null },
                onAction: () => {
                  if (missingScope === null) {
                    allow();
                    return;
                  }
                  setOpen(false);
                  permission.ask(missingScope);
                },
              }
            : { content: "Look again", onAction: look }
        }
        secondaryActions={[{ content: "Cancel", onAction: close }]}
        onClose={close}
      >
        <Question {...{ shown, missingScope }} refused={isBusy ? undefined : refused} />
      </AppModal>
    ) : null,
  };
}

function Question({
  shown,
  missingScope,
  refused,
}: {
  shown: ShownStockPreview | null;
  missingScope: string | null;
  refused: Extract<StockSendAnswer, { ok: false }> | undefined;
}) {
  return (
    <BlockStack gap="300">
      {refused?.code === "PREVIEW_NEEDED" ? (
        <Banner tone="warning" title={refused.message}>
          <Text as="p">{refused.next}</Text>
        </Banner>
      ) : (
        <AnswerProblem answer={refused} />
      )}
      {refused !== undefined && shown === null ? null : <Figures {...{ shown, missingScope }} />}
    </BlockStack>
  );
}

/** As high before it is counted as after. */
function Figures({ shown, missingScope }: { shown: ShownStockPreview | null; missingScope: string | null }) {
  return (
    <>
      <Text as="p">What would change in Shopify with the ERP’s numbers, counted just now:</Text>
      <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
        {toSendFigures.map(([figure, label]) => (
          <Figure key={figure} label={label} value={shown?.[figure] ?? null} />
        ))}
      </InlineGrid>
      <Text as="p">{`${FROM_NOW_ON} Other differences are sent when you say so, with “Send the differences”.`}</Text>
      {missingScope === null ? null : (
        <Text as="p">{`Shopify asks you next for the permission “${scopeWords(missingScope)}”.`}</Text>
      )}
      <Text as="p" tone="subdued">
        It is noted that you have seen this, and when.
      </Text>
    </>
  );
}
