import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

import { checkWords, type CheckAnswer } from "./check-words.ts";

export type Check = {
  start: () => void;
  isChecking: boolean;
  /** Why yesterday could not be checked, and what to do. */
  problem: CheckAnswer["error"];
};

/** Holds yesterday against Shopify when asked; how it went is said in a toast, and the page's loader has the new line then. */
export function useCheck(): Check {
  const fetcher = useFetcher<CheckAnswer>({ key: "proof" });
  const shopify = useAppBridge();
  const answer = fetcher.data;
  useEffect(() => {
    const words = answer ? checkWords(answer) : null;
    if (words !== null) shopify.toast.show(words);
  }, [answer, shopify]);
  return {
    start: () => {
      fetcher.submit({}, { method: "post", action: "/api/shopify/proof" });
    },
    isChecking: fetcher.state !== "idle",
    problem: answer?.error,
  };
}
