import { AppError } from "#app/lib/errors.ts";
import { cancelBulkOperation } from "#app/shopify/bulk/cancel-bulk-operation.server.ts";
import { fetchBulkOperation } from "#app/shopify/bulk/poll-bulk-operation.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import type { JobContext } from "./job-context.server.ts";

const STOP_WITHIN_MS = 10_000;

/**
 * Stops at Shopify what cancelled jobs have left running there, so that its slots are for others, whoever cancelled them and
 * wherever they stood: running, paused, or waiting for a worker. Each operation is taken by one worker and tried once; if
 * Shopify does not hear us, it ends there by itself. Never throws for Shopify's trouble.
 */
export async function stopAbandonedOperations(
  context: Pick<JobContext, "env" | "database" | "log" | "now" | "fetch">,
): Promise<void> {
  const { database, log, now } = context;
  const { rows } = await database.pool.query<{ shop: string; id: string }>(
    `update "ShopifyBulkOperation" operation set "status" = 'CANCELING'
     from "SyncJob" job
     where job."shop" = operation."shop" and job."id" = operation."jobId" and job."status" = 'cancelled'
       and operation."status" in ('CREATED', 'RUNNING')
       and not exists (select 1 from "Shop" where "Shop"."shop" = job."shop" and "Shop"."uninstalledAt" is not null)
     returning operation."shop", operation."id"`,
  );
  const stop = async ({ shop, id }: { shop: string; id: string }) => {
    try {
      const signal = AbortSignal.timeout(STOP_WITHIN_MS);
      const client = shopClient(context, { shop, fetch: context.fetch, signal, maxTries: 2 });
      try {
        await cancelBulkOperation(client, id);
      } catch (error) {
        if (!(error instanceof AppError && error.code === "SHOPIFY_REFUSED")) throw error;
        await fetchBulkOperation(database.pool, { client, shop, id, now }); // over already: how?
      }
    } catch (error) {
      log.warn({ err: error, shop, operation: id }, "a bulk operation could not be stopped at Shopify");
    }
  };
  // All at once: a shop has five at most, and one that does not hear us keeps nobody waiting.
  await Promise.all(rows.map(stop));
}
