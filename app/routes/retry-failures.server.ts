import type { Pool } from "pg";

import type { QueuedKind } from "#app/cache/cache-tables.ts";
import { retryFailedNews } from "#app/cache/news-log.server.ts";
import { rereadDeliveries } from "#app/cache/reread-deliveries.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import type { AppContext } from "#app/context.server.ts";
import { findJobOfRequest } from "#app/jobs/start-job.server.ts";
import { startOrJoinJob } from "#app/jobs/start-or-join-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { AppError, type ErrorCode } from "#app/lib/errors.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";

import type { RetriedKind } from "./sync-intent.ts";

/** One of them: an entry by Shopify's id, a delivery by Shopify's delivery id. */
type RetriedThing = { kind: RetriedKind; id: string };

export type RetryRequest = {
  shop: string;
  requestedBy: string;
  /** Only this one; all that failed otherwise. */
  one?: RetriedThing | undefined;
  /** Only entries of this kind, those that failed with one of the codes where any are named. */
  of?: { kind: QueuedKind; codes?: readonly ErrorCode[] } | undefined;
  /** Of a caller who may have to ask twice: the job the request has started is its answer from then on. */
  idempotencyKey?: string | undefined;
};

/**
 * Tries again what failed in a shop, all of it or one: cache entries, news that could not be handled, deliveries that could not be
 * read. Says in a person's words how much is tried again. A job that can be watched takes cache entries at once, or the one that
 * is under way does; the worker takes the rest, without a job.
 * @throws AppError NOT_FOUND when nothing had failed, PAYLOAD_UNREADABLE when nothing can be read yet, TOKEN_REFUSED for a shop
 * that has uninstalled the app
 */
export async function retryFailures(
  context: Pick<AppContext, "database" | "log" | "now">,
  { shop, requestedBy, one, of, idempotencyKey }: RetryRequest,
): Promise<{ message: string; job: SyncJob | null }> {
  const { log, now } = context;
  const { pool } = context.database;
  const request = { shop, requestedBy, jobType: "process-cache" as const, idempotencyKey };
  const known = await findJobOfRequest(pool, request);
  if (known) return { message: "This was asked for before: see its job", job: known };
  const { waiting, reread } = await makeDue(pool, { shop, one, of, now: now() });
  const again = waiting + reread.read;
  const stillUnreadable = unreadableWords(reread.unreadable);
  if (again === 0 && stillUnreadable !== null)
    throw new AppError("PAYLOAD_UNREADABLE", `${stillUnreadable}.`);
  if (again === 0) throw new AppError("NOT_FOUND", "Nothing is waiting for a retry any more.");
  const job = one?.kind === "delivery" ? null : await startOrJoinJob(context, request);
  notifyCachePending(pool, log);
  const thing = one?.kind === "delivery" ? "webhook" : "entry";
  const words = again === 1 ? `Trying the ${thing} again` : `Trying ${String(again)} entries again`;
  return { message: stillUnreadable === null ? words : `${words}. ${stillUnreadable}`, job };
}

type Due = { waiting: number; reread: { read: number; unreadable: number } };

async function makeDue(
  pool: Pool,
  { shop, one, of, now }: Pick<RetryRequest, "shop" | "one" | "of"> & { now: Date },
): Promise<Due> {
  if (of !== undefined)
    return { waiting: await retryFailed(pool, { shop, ...of }), reread: { read: 0, unreadable: 0 } };
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
