import { BlockStack, ChoiceList, Text } from "@shopify/polaris";
import { useState } from "react";

import type { OpenIntents } from "#app/outbox/intent-row.ts";
import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import { writeBackWords } from "./write-back-words.ts";

/** Asks of which kind all that Shopify refused is sent again. */
export function SendRefusedModal({
  refused,
  isBusy,
  answer,
  onClose,
  onSend,
}: {
  /** Kinds of which Shopify refused something; at least one. */
  refused: readonly OpenIntents[];
  isBusy: boolean;
  answer: PageAnswer | undefined;
  onClose: () => void;
  onSend: (kind: string) => void;
}) {
  const format = useFormat();
  const [chosen, choose] = useState<string>(refused[0]?.kind ?? "");
  return (
    <AppModal
      open
      onClose={onClose}
      title="Send what Shopify refused again"
      primaryAction={{
        ...{ content: "Send all of it again", loading: isBusy },
        onAction: () => {
          onSend(chosen);
        },
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} isBeside />
        <Text as="p">
          Do this once you have mended in Shopify why it was refused. Each is read in Shopify first, and
          nothing is done twice; what Shopify refuses again comes back to this list. At most 500 are sent at a
          time, the oldest first.
        </Text>
        <ChoiceList
          title="Which"
          choices={refused.map(({ kind, refused: count }) => ({
            label: `${writeBackWords[kind]} (${format.number(count)})`,
            value: kind,
          }))}
          selected={[chosen]}
          onChange={([kind = ""]) => {
            choose(kind);
          }}
        />
      </BlockStack>
    </AppModal>
  );
}
