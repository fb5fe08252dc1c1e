import { findShopsWithWork } from "#app/cache/find-shops-with-work.server.ts";
import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { Database, Db } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { processedKinds, processPending } from "./process-pending.server.ts";

/** Entries of one kind a turn takes at most: half a second of the biggest shop's work, then the next shop has its turn. */
const TURN = 1_000;

/**
 * One turn for every shop with entries due: products, then customers, then orders, then stock. Of a shop with a job that has
 * come to storing or processing only what webhooks and fetches brought: the dump is the job's, which counts what it does.
 * The first shop is another one each round, so that of many workers not all stand at the same one.
 * @returns how many entries were taken
 */
export async function processBetweenJobs(
  database: Database,
  { now, signal, log }: { now: () => Date; signal: AbortSignal; log: Log },
): Promise<number> {
  let taken = 0;
  const [work, busy] = await Promise.all([
    findShopsWithWork(database.pool, now()),
    findBusyShops(database.pool),
  ]);
  const first = Math.floor(Math.random() * work.length);
  for (const { shop, live, dumped } of [...work.slice(first), ...work.slice(0, first)]) {
    const liveOnly = busy.has(shop);
    const kinds = new Set<QueuedKind>(liveOnly ? live : [...live, ...dumped]);
    try {
      for (const kind of processedKinds.filter((one) => kinds.has(one))) {
        if (signal.aborted) return taken;
        const options = { shop, limit: TURN, now: now(), liveOnly, signal };
        const tally = await processPending[kind](database.pool, options);
        taken += tally.processed;
        if (tally.processed > 0) log.info({ shop, kind, ...tally }, "processed pending entries");
      }
    } catch (error) {
      // One shop's trouble (settings nobody can read) is not the others'.
      log.error(
        { err: error, shop },
        "pending entries of a shop could not be processed; they are tried again",
      );
    }
  }
  return taken;
}

/**
 * Shops of which a job has come to storing or processing a dump: also one that is paused there, for that is what a pause is for,
 * and one that waits for its next worker.
 */
async function findBusyShops(db: Db): Promise<Set<string>> {
  const { rows } = await db.query<{ shop: string }>(
    `select distinct shop from "SyncJob" where status in ('running', 'paused', 'pending') and checkpoint->>'phase' in ('ingest', 'process')`,
  );
  return new Set(rows.map((row) => row.shop));
}
