import type { Pool } from "pg";

import { retryFailedNews } from "#app/cache/news-log.server.ts";
import { rereadDeliveries } from "#app/cache/reread-deliveries.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import type { AppContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";

import type { RetriedKind } from "./sync-intent.ts";

/** One of them: an entry by Shopify's id, a delivery by Shopify's delivery id. */
type RetriedThing = { kind: RetriedKind; id: string };

/**
 * Tries again what failed in a shop, all of it or one: cache entries, news that could not be handled, deliveries that could not be
 * read. Says in a person's words how much is tried again.
 * @param processCache takes cache entries at once, with a job that can be watched; the worker takes the rest
 * @throws AppError NOT_FOUND when nothing had failed, PAYLOAD_UNREADABLE when nothing can be read yet
 */
export async function retryFailures(
  { database: { pool }, log, now }: Pick<AppContext, "database" | "log" | "now">,
  { shop, one }: { shop: string; one?: RetriedThing },
  processCache: () => Promise<void>,
): Promise<string> {
  const { waiting, reread } = await makeDue(pool, { shop, one, now: now() });
  const again = waiting + reread.read;
  const stillUnreadable = unreadableWords(reread.unreadable);
  if (again === 0 && stillUnreadable !== null)
    throw new AppError("PAYLOAD_UNREADABLE", `${stillUnreadable}.`);
  if (again === 0) throw new AppError("NOT_FOUND", "Nothing is waiting for a retry any more.");
  if (one?.kind !== "delivery") await processCache();
  notifyCachePending(pool, log);
  const thing = one?.kind === "delivery" ? "webhook" : "entry";
  const words = again === 1 ? `Trying the ${thing} again` : `Trying ${String(again)} entries again`;
  return stillUnreadable === null ? words : `${words}. ${stillUnreadable}`;
}

type Due = { waiting: number; reread: { read: number; unreadable: number } };

async function makeDue(
  pool: Pool,
  { shop, one, now }: { shop: string; one: RetriedThing | undefined; now: Date },
): Promise<Due> {
  if (one === undefined)
    return {
      waiting: await retryFailed(pool, { shop }),
      reread: await rereadDeliveries(pool, { shop, now }),
    };
  const { kind, id } = one;
  if (kind === "delivery")
    return {
      waiting: await retryFailedNews(pool, { shop, webhookId: id }),
      reread: await rereadDeliveries(pool, { shop, webhookId: id, now }),
    };
  return { waiting: await retryFailed(pool, { shop, kind, id }), reread: { read: 0, unreadable: 0 } };
}

function unreadableWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 webhook still cannot be read" : `${String(count)} webhooks still cannot be read`;
}
