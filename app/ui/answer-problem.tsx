import { Banner, Text } from "@shopify/polaris";

import type { PageAnswer } from "./page-answer.ts";

/** Why a button's wish was refused and what to do; nothing after a success. */
export function AnswerProblem({ answer }: { answer: PageAnswer | undefined }) {
  if (!answer || answer.ok) return null;
  return (
    <Banner tone="critical" title={answer.message}>
      <Text as="p">{answer.next}</Text>
    </Banner>
  );
}
