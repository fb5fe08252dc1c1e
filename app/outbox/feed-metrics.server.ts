import type { Pool } from "pg";
import { Gauge, type Registry } from "prom-client";
import type { Log } from "#app/lib/log.server.ts";

import { feedBound } from "./feed-database.ts";

/** How long changes of the feeds wait for an older transaction, read from the database when it is asked for. */
export function registerFeedMetrics(
  { database, log, now }: { database: { pool: Pool }; log: Log; now: () => Date },
  register: Registry,
): void {
  new Gauge({
    name: "change_feed_held_back_seconds_max",
    help: "Of all shops, how long the oldest change that is committed waits to be told, for an older transaction still runs.",
    registers: [register],
    async collect() {
      try {
        this.set(await loadHeldBack(database.pool, now()));
      } catch (error) {
        log.warn({ err: error }, "how far the change feed is held back could not be read from the database");
        this.remove(); // 0 would be a figure
      }
    },
  });
}

async function loadHeldBack(pool: Pool, now: Date): Promise<number> {
  const { rows } = await pool.query<{ since: Date | null }>(
    `select min(held.at) as since from "Shop", lateral (select at from "ChangeFeed" feed
       where feed.shop = "Shop".shop and feed."transactionId" >= ${feedBound} order by feed."transactionId", feed.seq limit 1) held`,
  );
  const since = rows[0]?.since ?? null;
  return since === null ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1000);
}
