import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import { isLiveNow, type OrderNow, type Units } from "./order-now.ts";
import { sayLines, type Plan, type Progress } from "./plan.ts";
import { JOB_TAKES_MS } from "./still-at-work.ts";

/** `at`: now, in ms. `wanted`: units that the customer gets all the same, for they were added after the whole order was cancelled. */
export type CancelContext = { at: number; wanted: readonly Units[]; titles: ReadonlyMap<string, string> };

/** The whole order, as long as it is all of it. Shopify cancels in a job of its own, so an earlier try may still be under way. */
export function planOrderCancel(
  payload: IntentPayload<"orderCancel">,
  now: OrderNow,
  { jobId, jobEnded, unsure, leftAt }: Progress,
  { at, wanted, titles }: CancelContext,
): Plan {
  if (now.cancelledAt !== null) return { already: "Shopify has the order as cancelled." };
  const sent = now.fulfillments.filter(isLiveNow);
  // What left may be just what came: the ERP sent it, and nobody is to call it back.
  if (sent.length > 0 && wanted.length > 0) return cameSince(wanted, titles);
  if (sent.length > 0)
    return {
      conflict: {
        erp: "The whole order is cancelled: nothing of it left.",
        shopify: `${sent.map(({ name }) => name).join(", ")} ${sent.length === 1 ? "is" : "are"} fulfilled.`,
        next: "If nothing left, cancel the fulfilment in Shopify and send this again. If it did leave, choose not to send this and get the goods back.",
      },
    };
  if (jobEnded)
    return {
      refused: {
        message: "Shopify began to cancel the order, and ended without having cancelled it.",
        next: "Look at the order's page in Shopify for what is in the way. Then send this again, or cancel it there and choose not to send this.",
      },
    };
  // Its answer was lost, and with it the job's id: asked again while that job runs, Shopify would begin another.
  const askedAt = unsure && jobId === undefined && leftAt !== undefined ? Date.parse(leftAt) : -Infinity;
  if (at < askedAt + JOB_TAKES_MS) return { later: new Date(askedAt + JOB_TAKES_MS).toISOString() };
  if (jobId === undefined && wanted.length > 0) return cameSince(wanted, titles);
  return { steps: [jobId === undefined ? { do: "cancelOrder", ...payload } : { do: "awaitJob", jobId }] };
}

/** The ERP has something of the order to send again, or has sent it. */
function cameSince(wanted: readonly Units[], titles: ReadonlyMap<string, string>): Plan {
  return {
    conflict: {
      erp: `The whole order was cancelled, and ${sayLines(wanted, titles)} came to it since.`,
      shopify: "The order is open, with what came to it.",
      next: "If nothing of it is to be sent, cancel that in the ERP too, then send this again. Else take the cancelled units off on the order's page in Shopify, and choose not to send this.",
    },
  };
}
