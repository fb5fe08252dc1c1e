import type { QueuedKind } from "#app/cache/cache-tables.ts";
import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import { fetchOrder, type FetchedOrder } from "./fetch-order.server.ts";
import type { JobContext } from "./job-context.server.ts";

/**
 * Asks Shopify anew for one record of the cache, because a person wants it now. An order is brought into the ERP at once, anything
 * else waits for the processor, which is to be woken. Says in a person's words what came of it.
 * @throws AppError NOT_FOUND where Shopify has no such record any more, and what the client throws
 */
export async function fetchEntry(
  context: Pick<JobContext, "database" | "now">,
  { shop, client, kind, id }: { shop: string; client: AdminClient; kind: QueuedKind; id: string },
): Promise<string> {
  if (kind === "order") {
    const result = await fetchOrder(context, { shop, client, id });
    if (!result.found) throw new AppError("NOT_FOUND", result.message);
    return wordsOf(result.orders[0]);
  }
  const { pool } = context.database;
  const scopes = await fetchAccessScopes(client);
  const { gone, failed } = await fetchIntoCache(pool, client, {
    ...{ shop, kind, ids: [id], scopes, source: "fetch", now: context.now },
  });
  if (failed[0]) throw failed[0].error;
  if (gone.length > 0) throw new AppError("NOT_FOUND", "Shopify does not have it any more.");
  await wakeEntries(pool, { shop, kind, ids: [id] });
  await retryFailed(pool, { shop, kind, id });
  return "Fetched from Shopify; it is processed now";
}

function wordsOf(order: FetchedOrder | undefined): string {
  if (order?.outcome === "failed") return `Fetched, but it still failed: ${order.error ?? "see its error"}`;
  if (order?.outcome === "waiting") return "Fetched; another worker is at it right now";
  return order?.outcome === "unchanged"
    ? "Fetched: the ERP has it all already"
    : "Fetched, and the ERP's order follows it";
}
