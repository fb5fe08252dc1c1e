import type { Pool } from "pg";

import { dropOldDeliveries } from "#app/cache/drop-old-deliveries.server.ts";
import { dropOldHistory } from "#app/cache/drop-old-history.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { dropOldFeed } from "#app/outbox/drop-old-feed.server.ts";
import { dropOldIntents } from "#app/outbox/drop-old-intents.server.ts";
import { dropOldPreviews } from "#app/outbox/drop-old-previews.server.ts";
import { linkInventoryLevels } from "#app/erp/inventory/link-inventory-levels.server.ts";
import { wakeSilentParcels } from "#app/erp/parcels/wake-silent-parcels.server.ts";
import { followSettings } from "#app/erp/rules/follow-settings.server.ts";
import { dropExpiredExports } from "#app/privacy/privacy-requests.server.ts";
import { dropOldAnswers } from "#app/settings/drop-old-answers.server.ts";
import { dropOldCalls } from "#app/settings/drop-old-calls.server.ts";
import { refreshIdleTokens } from "#app/shopify/client/refresh-idle-tokens.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { dropEndedBatches } from "./drop-ended-batches.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";

type ShopTask = (db: Pool, shop: { shop: string; now: Date; signal: AbortSignal }) => Promise<number>;

/** What the clock brings about in a shop though nobody sends anything, and what is kept no longer than the shop wants. */
const shopTasks: Record<string, ShopTask> = {
  "records that do not follow the settings yet": followSettings,
  "silent parcels": wakeSilentParcels,
  "stock levels without a SKU": (pool, { shop, now }) =>
    inTransaction(pool, (tx) => linkInventoryLevels(tx, { shop, now })),
  "old deliveries": dropOldDeliveries,
  "old payloads": dropOldHistory,
  "old changes in the feed": dropOldFeed,
  "what was sent to Shopify long ago": dropOldIntents,
  "old previews of what would be sent": dropOldPreviews,
  "expired exports": dropExpiredExports,
  "batches nobody goes on with": dropEndedBatches,
  "old calls of the API": dropOldCalls,
  "old answers of the API": dropOldAnswers,
};

/**
 * One round, of every shop and of this machine. Any number of workers may do it at once and as often as they like: done again, it
 * finds nothing to do. One shop's trouble (settings nobody can read) is not the others', nor one task's the next one's.
 */
export async function keepHouse(context: JobContext, signal: AbortSignal): Promise<void> {
  const { database, log, now } = context;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    if (signal.aborted) return;
    try {
      await work();
    } catch (error) {
      log.error({ err: error, what }, "a task of housekeeping failed; it is done again in an hour");
    }
  };
  const { rows } = await database.pool.query<{ shop: string }>(
    `select shop from "Shop" union select distinct shop from "Parcel" where state in ('handed_over', 'in_transit', 'out_for_delivery')
     order by shop`,
  );
  for (const { shop } of rows)
    for (const [what, task] of Object.entries(shopTasks))
      await attempt(`${what} of ${shop}`, async () => {
        const count = await task(database.pool, { shop, now: now(), signal });
        if (count > 0) log.info({ shop, count }, `housekeeping: ${what}`);
      });
  await attempt("tokens", async () => {
    const { renewed, failed } = await refreshIdleTokens(context, { fetch: context.fetch, signal });
    if (renewed.length + failed.length > 0) log.info({ renewed, failed }, "renewed the tokens of idle shops");
  });
  await attempt("work folders", () => sweepWorkFolders(context));
}
