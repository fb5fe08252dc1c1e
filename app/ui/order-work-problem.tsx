import { useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import type { PageAnswer } from "./page-answer.ts";

/** Why an action was refused and what to do instead; the order may have moved on since the page was loaded. */
export function WorkProblem({ answer }: { answer: PageAnswer | undefined }) {
  const { revalidate, state } = useRevalidator();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Of a long form the button that was pressed may be far below.
    place.current?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  if (answer === undefined || answer.ok) return null;
  if (answer.code !== "ACTION_NOT_ALLOWED") return <AnswerProblem answer={answer} isBeside />;
  return (
    <div ref={place} style={{ scrollMarginBlock: "4rem" }}>
      <Banner tone="critical" title={answer.message}>
        <BlockStack gap="200">
          <Text as="p">{answer.next}</Text>
          <InlineStack>
            <Button loading={state === "loading"} onClick={revalidate}>
              Look at the order again
            </Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    </div>
  );
}
