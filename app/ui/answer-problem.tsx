import { Banner, Text } from "@shopify/polaris";

import type { SyncAnswer } from "./sync-view.ts";

/** Why a button's wish was refused and what to do; nothing after a success. */
export function AnswerProblem({ answer }: { answer: SyncAnswer | undefined }) {
  if (!answer || answer.ok) return null;
  return (
    <Banner tone="critical" title={answer.message}>
      <Text as="p">{answer.next}</Text>
    </Banner>
  );
}
