import type { Pool } from "pg";
import type { Logger } from "pino";

/** The channel on which the worker hears that entries wait in the cache; it looks by a timer as well. */
export const cachePendingChannel = "cache_pending";

/** PostgreSQL lets transactions that notify commit one at a time, so deliveries that come together share one. */
const coalesceMs = 50;

const waiting = new WeakSet<Pool>();

/** Says once, for every delivery stored within the next moment, that there is work. Never keeps an answer waiting. */
export function notifyCachePending(pool: Pool, log: Pick<Logger, "warn">): void {
  if (waiting.has(pool)) return;
  waiting.add(pool);
  setTimeout(() => {
    waiting.delete(pool);
    pool.query("select pg_notify($1, '')", [cachePendingChannel]).catch((err: unknown) => {
      log.warn({ err }, "the worker was not woken; it looks by itself");
    });
  }, coalesceMs).unref();
}
