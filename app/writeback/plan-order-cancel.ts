import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import { isLiveNow, type OrderNow } from "./order-now.ts";
import type { Plan, Progress } from "./plan.ts";

/** The whole order. Shopify cancels in a job of its own, so an earlier try may still be under way. */
export function planOrderCancel(
  payload: IntentPayload<"orderCancel">,
  now: OrderNow,
  { jobId, jobEnded }: Progress,
): Plan {
  if (now.cancelledAt !== null) return { already: "Shopify has the order as cancelled." };
  const sent = now.fulfillments.filter(isLiveNow);
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
  return { steps: [jobId === undefined ? { do: "cancelOrder", ...payload } : { do: "awaitJob", jobId }] };
}
