import { BlockStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import type { RemittanceRow } from "#app/erp/actions/remittance-row.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { moneyWords } from "./money-words.ts";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";

export type SettleDecision = "accept" | "dismiss";

/** Asks whether a difference is booked as it came, or left unbooked. */
export function SettleRemittanceModal({
  row,
  decision,
  isBusy,
  answer,
  onClose,
  onSettle,
}: {
  row: RemittanceRow;
  decision: SettleDecision;
  isBusy: boolean;
  answer: PageAnswer | undefined;
  onClose: () => void;
  onSettle: (order: string) => void;
}) {
  const format = useFormat();
  const [order, setOrder] = useState("");
  const [isAsked, setAsked] = useState(false);
  const asksOrder = decision === "accept" && row.problem === "unknown_awb";
  const isMissing = asksOrder && order.trim() === "";
  return (
    <AppModal
      open
      onClose={onClose}
      title={
        decision === "accept" ? `Book ${row.amount} of ${row.awbNumber}` : `Leave ${row.awbNumber} unbooked`
      }
      primaryAction={{
        content: decision === "accept" ? "Book it as it came" : "Leave it unbooked",
        destructive: decision === "dismiss",
        loading: isBusy,
        onAction: () => {
          setAsked(true);
          if (!isMissing) onSettle(order.trim());
        },
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} isBeside />
        <Text as="p" fontWeight="semibold" breakWord>
          {moneyWords(row.words, format)}
        </Text>
        <Text as="p">
          {decision === "accept"
            ? "What was paid out and what the courier kept is booked together as received. What the customer still owes, if anything, stays open on the order."
            : "Nothing is booked for it. The row stays in the list as dismissed."}
        </Text>
        {asksOrder ? (
          <TextField
            label="Order number"
            placeholder="#1003"
            helpText="On which order it is booked, since no parcel has this AWB."
            value={order}
            onChange={setOrder}
            maxLength={100}
            autoComplete="off"
            error={isAsked && isMissing ? "Say on which order" : undefined}
          />
        ) : null}
      </BlockStack>
    </AppModal>
  );
}
