import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";

import { moneyWords } from "./money-words.ts";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";

/**
 * Sends intents of one part of a page to the page's action. What went well is said in a toast; why something was refused stays on the
 * page, in an `AnswerProblem` that every user of this shows. Parts with different keys work side by side.
 */
export function useIntent<Answer extends PageAnswer = PageAnswer>(
  key: string,
): {
  send: (fields: Record<string, string>) => void;
  /** The fields being sent now, null when nothing is. */
  pending: (name: string) => string | null;
  answer: Answer | undefined;
  /** Sends once more what was sent last. */
  again: () => void;
} {
  const fetcher = useFetcher<Answer>({ key });
  const shopify = useAppBridge();
  const format = useFormat();
  const answer = fetcher.data as Answer | undefined;
  useEffect(() => {
    if (answer?.ok && answer.message !== null) shopify.toast.show(moneyWords(answer.message, format));
  }, [answer, shopify, format]);
  const last = useRef<Record<string, string> | null>(null);
  const send = (fields: Record<string, string>) => {
    last.current = fields;
    fetcher.submit(fields, { method: "post" });
  };
  return {
    send,
    pending: (name) => {
      const value = fetcher.formData?.get(name);
      return typeof value === "string" ? value : null;
    },
    answer,
    again: () => {
      if (last.current) send(last.current);
    },
  };
}
