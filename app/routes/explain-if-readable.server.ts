import { describeFailure } from "#app/cache/process-batches.server.ts";
import type { AppContext } from "#app/context.server.ts";
import type { OrderExplanation } from "#app/erp/processor/explain-order.ts";
import { loadExplanation } from "#app/erp/processor/load-explanation.server.ts";

/**
 * Why an order is as it is; null while it cannot be read. That is no reason to refuse the rest: its payloads are what somebody wants to
 * see who looks for the reason.
 */
export async function explainIfReadable(
  { database, log, now }: Pick<AppContext, "database" | "log" | "now">,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<OrderExplanation | null> {
  try {
    return await loadExplanation(database.pool, { shop, orderId, now: now() });
  } catch (error) {
    if (describeFailure(error).code === "INTERNAL")
      log.warn({ err: error, shop, orderId }, "an order could not be explained");
    return null;
  }
}
