import { setTimeout as sleep } from "node:timers/promises";
import { countCache } from "#app/cache/cache-counts.server.ts";
import { emptyTally, type Tally } from "#app/cache/tally.ts";
import { countDue } from "./count-due.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { kindWords, processPending, type ProcessedKind } from "./process-pending.server.ts";

/** Entries a round: rows bear the time their round began, and whoever follows them by it must not wait for a whole dump. */
const ROUND = 10_000;
/** Entries another worker holds are done when it commits; if it does not get on for so long, we leave them to it. */
const OTHERS_PATIENCE_MS = 30_000;

/**
 * Drains what waits in the cache into the ERP, kind by kind, and counts it as this job's work. `dumped` records
 * that were already in the ERP and had not changed count as skipped: nothing had to be written.
 * `before` are kinds others depend on; they are processed first and not counted.
 */
export async function processIntoErp(
  context: JobContext,
  job: JobHandle,
  { before = [], kinds, dumped = 0 }: { before?: ProcessedKind[]; kinds: ProcessedKind[]; dumped?: number },
): Promise<Tally> {
  const { database, now } = context;
  for (const kind of before) await drain(context, job, kind, () => undefined);

  const outcome = countedBefore(job);
  let total = job.before.total ?? 0;
  const countOthers = async () => {
    outcome.processed += await countDoneElsewhere(context, job, {
      kinds,
      total,
      processed: outcome.processed,
    });
  };
  if (job.checkpoint["skipped"] === undefined) {
    const due = await countDue(database.pool, { shop: job.shop, kinds, now: now() });
    const counts = await countCache(database.pool, job.shop);
    const stuck = kinds.reduce((sum, kind) => sum + counts[kind].failed + counts[kind].quarantined, 0);
    const skipped = dumped === 0 ? 0 : Math.max(0, dumped - due - stuck);
    total = skipped + due;
    job.setTotal(total);
    job.count({ processed: skipped, skipped });
    await job.saveCheckpoint({ phase: "process", skipped });
    Object.assign(outcome, { ...emptyTally, processed: skipped, unchanged: skipped });
  } else {
    await countOthers();
  }
  for (const kind of kinds) {
    await drain(context, job, kind, (more) => {
      job.count({
        ...{ processed: more.processed, created: more.created, updated: more.updated },
        ...{ skipped: more.unchanged, errors: more.failed },
      });
      for (const key of Object.keys(more) as (keyof Tally)[]) outcome[key] += more[key];
    });
  }
  await countOthers();
  return outcome;
}

/** What earlier workers of this job have counted: its last words are about all of it. */
function countedBefore({ before: { processed, created, updated, skipped, errors } }: JobHandle): Tally {
  return { ...emptyTally, processed, created, updated, unchanged: skipped, failed: errors };
}

/**
 * Entries of this job may be brought into the ERP by others: by a worker that was killed before it could count its last second,
 * and between jobs while this one was paused or waited. They are done: they count as processed, though nobody knows any more
 * which of them were new.
 * @returns how many
 */
async function countDoneElsewhere(
  { database, now }: JobContext,
  job: JobHandle,
  { kinds, total, processed }: { kinds: readonly ProcessedKind[]; total: number; processed: number },
): Promise<number> {
  const due = await countDue(database.pool, { shop: job.shop, kinds, now: now() });
  const uncounted = total - due - processed;
  if (uncounted <= 0) return 0;
  job.count({ processed: uncounted });
  job.step(`${String(uncounted)} records were done by another worker, which did not count them for this job`);
  return uncounted;
}

async function drain(
  context: JobContext,
  job: JobHandle,
  kind: ProcessedKind,
  onMore: (more: Tally) => void,
): Promise<void> {
  const { database, now } = context;
  const { shop, signal } = job;
  let lastProgress = Date.now();
  let done = 0;
  for (;;) {
    job.throwIfStopped();
    const seen: Tally = { ...emptyTally };
    const report = (tally: Tally) => {
      const more = difference(tally, seen);
      if (more.processed === 0) return;
      Object.assign(seen, tally);
      done += more.processed;
      lastProgress = Date.now();
      onMore(more);
      job.step(`Processing ${kindWords[kind]}: ${String(done)} so far`, { log: false });
    };
    report(
      await processPending[kind](database.pool, {
        shop,
        limit: ROUND,
        now: now(),
        signal,
        onBatch: report,
      }),
    );
    job.throwIfStopped();
    if ((await countDue(database.pool, { shop, kinds: [kind], now: now() })) === 0) return;
    if (Date.now() - lastProgress > OTHERS_PATIENCE_MS) return;
    if (seen.processed === 0) await sleep(200);
  }
}

function difference(now: Tally, before: Tally): Tally {
  const more = { ...emptyTally };
  for (const key of Object.keys(more) as (keyof Tally)[])
    if (key !== "remaining") more[key] = now[key] - before[key];
  return more;
}

/**
 * `Done: 1,990 products created, 3 updated, 7 unchanged, 0 failed`; with how many others did, of which nobody knows what became.
 */
export function describeOutcome(
  { processed, created, updated, unchanged, failed }: Tally,
  words: string,
): string {
  const figure = (value: number) => value.toLocaleString("en");
  const others = processed - created - updated - unchanged - failed;
  const byOthers = others > 0 ? `, ${figure(others)} done between jobs` : "";
  if (created + updated + failed === 0)
    return `Done: nothing changed, ${figure(unchanged)} ${words} unchanged${byOthers}`;
  return `Done: ${figure(created)} ${words} created, ${figure(updated)} updated, ${figure(unchanged)} unchanged, ${figure(failed)} failed${byOthers}`;
}
