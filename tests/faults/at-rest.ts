import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#app/lib/db.server.ts";

const QUIET_WITHIN_MS = 180_000;
const BETWEEN_LOOKS_MS = 150;

/** Waits until nothing waits in cache, news and fetches. @throws Error naming what does, after three minutes */
export async function waitForRest(database: Database, shop: string): Promise<void> {
  await until(
    () => countWaiting(database, shop),
    (waiting) => Object.keys(waiting).length === 0,
    QUIET_WITHIN_MS,
  );
}

/** What is not done yet, by table; empty when everything is. */
export async function countWaiting({ pool }: Database, shop: string): Promise<Record<string, number>> {
  const entries = ["Order", "Product", "Customer", "Inventory"].flatMap((kind) => [
    `select '${kind} pending', count(*) from "Shopify${kind}Cache" where shop = $1 and "processedAt" is null`,
    `select '${kind} to be fetched', count(*) from "Shopify${kind}Cache" where shop = $1 and "needsFetch" is not null and "deletedAt" is null`,
  ]);
  const { rows } = await pool.query<{ what: string; count: number }>(
    `select * from (${[
      ...entries,
      `select 'requests', count(*) from "ShopifyFetchRequest" where shop = $1`,
      `select 'news', count(*) from "WebhookDelivery" where shop = $1 and outcome = 'news' and "processedAt" is null`,
    ].join(" union all ")}) as waiting (what, count) where count > 0`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}

/** Looks again and again until it is as wanted; a look that fails (the database is just away) counts for nothing. */
export async function until<T>(
  look: () => Promise<T>,
  isDone: (seen: T) => boolean,
  withinMs: number,
): Promise<T> {
  let last: unknown;
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    try {
      const seen = await look();
      if (isDone(seen)) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await sleep(BETWEEN_LOOKS_MS);
  }
  throw new Error(
    `Not within ${String(withinMs)} ms; at last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}
