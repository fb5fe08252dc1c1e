import { BlockStack, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";

/** What a person says against the payment rules, for one order; "rules" takes an earlier word back. */
export type PaymentWord = "COD" | "Prepaid" | "rules";

const CHOICES: { value: PaymentWord; label: string }[] = [
  { value: "COD", label: "COD: the courier collects" },
  { value: "Prepaid", label: "Prepaid: nothing is collected" },
  { value: "rules", label: "As the payment rules say" },
];

/** Asks how an order is paid, and why somebody says so. */
export function OrderPaymentModal({
  known,
  isBusy,
  answer,
  onClose,
  onSave,
}: {
  /** How it is paid as things stand. */
  known: { method: "COD" | "Prepaid"; correction: "COD" | "Prepaid" | null };
  isBusy: boolean;
  answer: PageAnswer | undefined;
  onClose: () => void;
  onSave: (method: PaymentWord, reason: string) => void;
}) {
  const [method, setMethod] = useState<PaymentWord>(known.correction ?? known.method);
  const [reason, setReason] = useState("");
  const [isAsked, setAsked] = useState(false);
  const isBlank = reason.trim() === "";
  return (
    <AppModal
      open
      onClose={onClose}
      title="Correct payment method"
      primaryAction={{
        content: "Save",
        loading: isBusy,
        onAction: () => {
          setAsked(true);
          if (!isBlank) onSave(method, reason.trim());
        },
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} />
        <Text as="p">
          {known.correction === null
            ? `By the payment rules this order is ${known.method}.`
            : `A person has said that this order is ${known.correction}.`}
        </Text>
        <ChoiceList
          title="It is paid as"
          choices={CHOICES}
          selected={[method]}
          onChange={([chosen]) => {
            setMethod(CHOICES.find(({ value }) => value === chosen)?.value ?? method);
          }}
        />
        <TextField
          label="Why"
          value={reason}
          onChange={setReason}
          autoComplete="off"
          maxLength={200}
          helpText="Kept with your staff number in the order's timeline."
          error={isAsked && isBlank ? "Say why, so that others understand it later" : undefined}
        />
      </BlockStack>
    </AppModal>
  );
}
