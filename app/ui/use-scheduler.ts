import { useRevalidator } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";

import { askApi, type ApiProblem } from "./ask-api.ts";
import { lookAgain } from "./look-again.ts";
import type { SchedulerView } from "./scheduler-view.ts";

const PATH = "/api/shopify/jobs/scheduler";
const LOOK_EVERY_MS = 5_000;

export type SchedulerWish = "start" | "stop" | "trigger";

/**
 * The schedule, kept fresh while the page is in view, and what a person tells it.
 * @param lookBackState changes whenever a look-back begins or ends: then it is looked at at once
 */
export function useScheduler(lookBackState: string): {
  scheduler: SchedulerView | null;
  /** Why it cannot be shown, or why the last wish was refused. */
  problem: ApiProblem | null;
  /** The wish that is being sent. */
  sending: SchedulerWish | null;
  /** Says `done` in a toast once it is done; whether it is. */
  tell: (wish: SchedulerWish, done: string, fields?: object) => Promise<boolean>;
} {
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const [scheduler, setScheduler] = useState<SchedulerView | null>(null);
  const [unread, setUnread] = useState<ApiProblem | null>(null);
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState<SchedulerWish | null>(null);
  const [told, setTold] = useState(0);

  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const answer = await askApi<{ scheduler: SchedulerView }>("GET", `${PATH}/status`);
          // What was asked before a wish was done knows nothing of it.
          if (signal.aborted) return;
          setUnread(answer.ok ? null : answer.problem);
          if (answer.ok) setScheduler(answer.body.scheduler);
        },
        () => undefined,
        { atOnce: true },
      ),
    [told, lookBackState],
  );

  const tell = async (wish: SchedulerWish, done: string, fields: object = {}): Promise<boolean> => {
    setSending(wish);
    const answer = await askApi<{ scheduler?: SchedulerView }>("POST", `${PATH}/${wish}`, fields);
    setSending(null);
    setRefused(answer.ok ? null : answer.problem);
    setTold((times) => times + 1);
    if (!answer.ok) return false;
    if (answer.body.scheduler) setScheduler(answer.body.scheduler);
    shopify.toast.show(done);
    // The job that it has started is among the page's jobs.
    revalidate();
    return true;
  };

  // That the app does not answer for a moment the page says as a whole, and what was seen stays.
  const isLost = unread?.code === "NO_ANSWER" && scheduler !== null;
  return { scheduler, problem: refused ?? (isLost ? null : unread), sending, tell };
}
