import { cacheTables } from "#app/cache/cache-tables.ts";
import { wakeSilentParcels } from "#app/erp/parcels/wake-silent-parcels.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { processedKinds, processPending } from "./process-pending.server.ts";

/** Entries of one shop a turn takes at most, so that a big backlog of one shop does not keep the others waiting. */
const TURN = 2_000;

/**
 * One turn over every shop with entries due: products, then customers, then orders. Shops with a job that is
 * storing or processing right now are left to it: it counts what it does. Returns how many entries were taken.
 */
export async function processBetweenJobs(
  database: Database,
  { now, signal, log }: { now: () => Date; signal: AbortSignal; log: Log },
): Promise<number> {
  let taken = 0;
  await wakeSilentOnceAnHour(database, now(), log);
  for (const shop of await findShopsWithWork(database, now())) {
    for (const kind of processedKinds) {
      if (signal.aborted) return taken;
      const tally = await processPending[kind](database.pool, { shop, limit: TURN, now: now(), signal });
      taken += tally.processed;
      if (tally.processed > 0) log.info({ shop, kind, ...tally }, "processed pending entries");
    }
  }
  return taken;
}

const HOUR_MS = 3_600_000;
let lookedForSilenceAt = 0;

/** Days pass without anybody sending anything: what fell silent is looked for by the clock. */
async function wakeSilentOnceAnHour({ pool }: Database, now: Date, log: Log): Promise<void> {
  if (now.getTime() - lookedForSilenceAt < HOUR_MS) return;
  lookedForSilenceAt = now.getTime();
  const { rows } = await pool.query<{ shop: string }>(
    `select distinct shop from "Parcel" where state in ('handed_over', 'in_transit', 'out_for_delivery')`,
  );
  // One shop's trouble (settings nobody can read) is not the others'.
  for (const { shop } of rows)
    await wakeSilentParcels(pool, { shop, now }).catch((error: unknown) => {
      log.error({ err: error, shop }, "silent parcels could not be looked for");
    });
}

async function findShopsWithWork(database: Database, now: Date): Promise<string[]> {
  const due = processedKinds.map(
    (
      kind,
    ) => `select distinct shop from "${cacheTables[kind].table}" where "processedAt" is null and "quarantinedAt" is null
      and ("nextRetryAt" is null or "nextRetryAt" <= $1)`,
  );
  const { rows } = await database.pool.query<{ shop: string }>(
    `select shop from (${due.join(" union ")}) as waiting
     where not exists (select 1 from "SyncJob" job where job.shop = waiting.shop and job.status = 'running'
       and job.checkpoint->>'phase' in ('ingest', 'process'))
     order by shop`,
    [now],
  );
  return rows.map((row) => row.shop);
}
