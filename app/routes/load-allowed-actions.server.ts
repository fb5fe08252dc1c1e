import { describeFailure } from "#app/cache/process-batches.server.ts";
import type { AppContext } from "#app/context.server.ts";
import type { AllowedAction } from "#app/erp/actions/action-outcome.ts";
import { allowedActions } from "#app/erp/actions/allowed-actions.ts";
import { loadActionState } from "#app/erp/actions/load-action-state.server.ts";

/** What can be done with an order, and why not the rest; nothing while it cannot be read, which is no reason to refuse its page. */
export async function loadAllowedActions(
  { database, log, now }: Pick<AppContext, "database" | "log" | "now">,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<AllowedAction[]> {
  try {
    return allowedActions(await loadActionState(database.pool, { shop, orderId, now: now() }));
  } catch (error) {
    if (describeFailure(error).code === "INTERNAL")
      log.warn({ err: error, shop, orderId }, "what can be done with an order could not be said");
    return [];
  }
}
