import { Banner, BlockStack, Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";

import { errorAction } from "./error-action.ts";
import { moneyWords } from "./money-words.ts";
import { NextStep } from "./next-step.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";

const MENDED_HERE: ReadonlySet<string> = new Set(["ACTION_NOT_ALLOWED", "NOT_FOUND", "VALIDATION"]);

/**
 * Why a button's wish was refused, what to do, and the button for it: the page where it is mended or, for what passes by itself, the
 * same wish once more. Nothing after a success.
 */
export function AnswerProblem({
  answer,
  onRetry,
  isBeside = false,
}: {
  answer: PageAnswer | undefined;
  /** Sends the wish once more; absent where the form it came from is still open beside this. */
  onRetry?: () => void;
  /** The form or question it came from is still open beside this: what that one can mend has no other page to go to. */
  isBeside?: boolean;
}) {
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed may be far down a list.
    place.current?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  if (!answer || answer.ok) return null;
  const { code, message, next } = answer;
  // A field that is wrong is mended, and not sent again as it is.
  const canPass = errorAction(code).path === null && code !== "VALIDATION";
  return (
    <div ref={place} style={{ scrollMarginBlock: "4rem" }}>
      <Banner tone="critical" title={moneyWords(message, format)}>
        <BlockStack gap="200">
          <Text as="p">{next}</Text>
          {isBeside && MENDED_HERE.has(code) ? null : (
            <NextStep code={code} onRetry={canPass ? onRetry : undefined} />
          )}
        </BlockStack>
      </Banner>
    </div>
  );
}
