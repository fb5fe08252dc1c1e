import { Banner, BlockStack, Text } from "@shopify/polaris";

import { NextStep } from "./next-step.tsx";
import type { PageAnswer } from "./page-answer.ts";

/** Why a button's wish was refused, what to do, and the button that leads there; nothing after a success. */
export function AnswerProblem({ answer }: { answer: PageAnswer | undefined }) {
  if (!answer || answer.ok) return null;
  return (
    <Banner tone="critical" title={answer.message}>
      <BlockStack gap="200">
        <Text as="p">{answer.next}</Text>
        <NextStep code={answer.code} />
      </BlockStack>
    </Banner>
  );
}
