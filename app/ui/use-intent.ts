import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

import type { PageAnswer } from "./page-answer.ts";

/**
 * Sends intents of one part of a page to the page's action. Its answer is said in a toast and kept
 * until the next one; parts with different keys work side by side.
 */
export function useIntent<Answer extends PageAnswer = PageAnswer>(
  key: string,
): {
  send: (fields: Record<string, string>) => void;
  /** The fields being sent now, null when nothing is. */
  pending: (name: string) => string | null;
  answer: Answer | undefined;
} {
  const fetcher = useFetcher<Answer>({ key });
  const shopify = useAppBridge();
  const answer = fetcher.data as Answer | undefined;
  useEffect(() => {
    if (answer && answer.message !== null) shopify.toast.show(answer.message, { isError: !answer.ok });
  }, [answer, shopify]);
  return {
    send: (fields) => {
      fetcher.submit(fields, { method: "post" });
    },
    pending: (name) => {
      const value = fetcher.formData?.get(name);
      return typeof value === "string" ? value : null;
    },
    answer,
  };
}
