import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

import { checkWords, type CheckAnswer } from "./check-words.ts";

const PATH = "/api/shopify/proof";

export type Check = {
  start: () => void;
  isChecking: boolean;
  /** Why the day could not be checked, and what to do. */
  problem: CheckAnswer["error"];
};

/**
 * Holds a day against Shopify when asked; how it went is said in a toast, and the page's loader has the new line then.
 * @param asked the day (`YYYY-MM-DD`) and what a person calls it; yesterday otherwise
 */
export function useCheck(asked?: { day: string; words: string }): Check {
  const { day, words: name } = asked ?? { day: null, words: "Yesterday" };
  const fetcher = useFetcher<CheckAnswer>({ key: `proof ${day ?? "of yesterday"}` });
  const shopify = useAppBridge();
  const answer = fetcher.data;
  useEffect(() => {
    const words = answer ? checkWords(answer, name) : null;
    if (words !== null) shopify.toast.show(words);
  }, [answer, shopify, name]);
  return {
    start: () => {
      fetcher.submit({}, { method: "post", action: day === null ? PATH : `${PATH}?day=${day}` });
    },
    isChecking: fetcher.state !== "idle",
    problem: answer?.error,
  };
}
