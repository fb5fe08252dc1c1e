import { useRevalidator } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useState } from "react";

import { askApi, type ApiProblem } from "./ask-api.ts";
import { checkWords, type CheckAnswer } from "./check-words.ts";

const PATH = "/api/shopify/proof";

export type Check = {
  start: () => void;
  isChecking: boolean;
  /** Why the day could not be checked, and what to do. */
  problem: ApiProblem | null;
};

/**
 * Holds a day against Shopify when asked; how it went is said in a toast, and the page is loaded anew to show it.
 * @param asked the day (`YYYY-MM-DD`) and what a person calls it; yesterday otherwise
 */
export function useCheck(asked?: { day: string; words: string }): Check {
  const { day, words: name } = asked ?? { day: null, words: "Yesterday" };
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const [isChecking, setChecking] = useState(false);
  const [refused, setRefused] = useState<{ day: string | null; problem: ApiProblem }>();
  const check = async () => {
    setChecking(true);
    const answer = await askApi<CheckAnswer>("POST", day === null ? PATH : `${PATH}?day=${day}`);
    setChecking(false);
    setRefused(answer.ok ? undefined : { day, problem: answer.problem });
    if (!answer.ok) return;
    shopify.toast.show(checkWords(answer.body, name));
    revalidate();
  };
  return {
    start: () => {
      if (!isChecking) void check();
    },
    isChecking,
    // Of another day than the page shows now it says nothing.
    problem: refused?.day === day ? refused.problem : null,
  };
}
