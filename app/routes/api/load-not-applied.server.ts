import { describeFailure } from "#app/cache/process-batches.server.ts";
import type { AppContext } from "#app/context.server.ts";
import { loadExplanation } from "#app/erp/processor/load-explanation.server.ts";
import type { NotApplied } from "#app/erp/processor/not-applied.ts";

/**
 * What Shopify says of an order and the ERP did not follow; null while the order cannot be read. That is no reason to refuse its
 * payloads: they are what somebody wants to see who looks for the reason.
 */
export async function loadNotApplied(
  { database, log, now }: Pick<AppContext, "database" | "log" | "now">,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<NotApplied[] | null> {
  try {
    return (await loadExplanation(database.pool, { shop, orderId, now: now() })).notApplied;
  } catch (error) {
    if (describeFailure(error).code === "INTERNAL")
      log.warn({ err: error, shop, orderId }, "an order could not be explained");
    return null;
  }
}
