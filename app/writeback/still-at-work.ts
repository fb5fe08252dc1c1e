import type { IntentEnd } from "#app/outbox/finish-intent.server.ts";
import type { Progress } from "./plan.ts";

/** When a job of Shopify's that has not ended is looked at again. */
const JOB_AGAIN_MS = 15_000;
/**
 * As long as a job may take, also one of which nothing is known but when it was asked for; of one that takes longer it is said that it does,
 * or nobody would ever hear of it.
 */
export const JOB_TAKES_MS = 600_000;

/** What Shopify has begun in a job of its own has not ended: it is looked at again by itself. */
export function stillAtWork(progress: Progress, now: Date): IntentEnd {
  const { leftAt } = progress;
  if (leftAt === undefined || now.getTime() - Date.parse(leftAt) <= JOB_TAKES_MS)
    return { status: "waiting", errorCode: null, error: null, waitMs: JOB_AGAIN_MS, answer: progress };
  const next =
    "Look at the order's page in Shopify. If it is not cancelled there, cancel it there; if that cannot be done, ask Shopify's support.";
  return {
    ...{ status: "waiting", errorCode: "SHOPIFY_DIFFERS" },
    error: "Shopify began this more than ten minutes ago, and has not ended it. It is asked again by itself.",
    answer: { ...progress, next },
  };
}
