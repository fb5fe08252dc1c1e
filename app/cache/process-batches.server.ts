import type { Pool, PoolClient } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { MoneyError } from "#app/lib/money.ts";
import type { QueuedKind } from "./cache-tables.ts";
import { claimPending, type CacheEntry } from "./claim-pending.server.ts";
import { markProcessed, type DoneEntry, type FailedEntry } from "./mark-processed.server.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Turns claimed entries into ERP records, inside the transaction that claimed them. */
export type BatchHandler = (
  tx: PoolClient,
  batch: { shop: string; entries: readonly CacheEntry[]; now: Date },
) => Promise<{ done: DoneEntry[]; failed: Omit<FailedEntry, "attempts">[] }>;

export type ProcessOptions = {
  shop: string;
  /** The most entries this call takes. */
  limit: number;
  /** Only these entries; all that are due otherwise. */
  ids?: readonly string[];
  now: Date;
  /** Only what a webhook or a fetch brought; what waits from a dump is left to its job. */
  liveOnly?: boolean;
  signal?: AbortSignal;
  /** Called after each committed batch with the tally so far. */
  onBatch?: (tally: Tally) => void | Promise<void>;
};

/** 500 a batch: near the speed of 1,000 at half the memory and half the time a row stays locked. */
const BATCH = 500;
/** Two batches at a time: while one waits for the database, the other computes. */
const LANES = 2;

/**
 * Drains pending entries of one shop: claim → handle → mark, each batch in one transaction. A batch that throws is
 * halved until the record that does it stands alone; that one fails with its reason, the others go through (law 6).
 * @throws the first error that is not about a record (the database is gone), after the other lane has ended.
 */
export async function processBatches(
  pool: Pool,
  kind: QueuedKind,
  handle: BatchHandler,
  options: ProcessOptions,
): Promise<Tally> {
  const tally: Tally = { ...emptyTally };
  let taken = 0;
  let dry = false;
  const lane = async () => {
    while (!dry && taken < options.limit && !options.signal?.aborted) {
      const size = Math.min(BATCH, options.limit - taken);
      taken += size;
      const count = await processBatch(pool, kind, handle, { ...options, limit: size }, tally);
      taken += count - size;
      if (count < size) dry = true;
      if (count > 0) await options.onBatch?.(tally);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const result of lanes) if (result.status === "rejected") throw result.reason;
  return tally;
}

async function processBatch(
  pool: Pool,
  kind: QueuedKind,
  handle: BatchHandler,
  options: ProcessOptions,
  tally: Tally,
): Promise<number> {
  const { shop, limit, now, ids, liveOnly = false } = options;
  return inTransaction(pool, async (tx) => {
    const entries = await claimPending(tx, { shop, kind, limit, now, ids, liveOnly });
    if (entries.length === 0) return 0;
    const { done, failed } = await handleOrBisect(tx, handle, { shop, entries, now });
    await markProcessed(tx, { shop, kind, now, done, failed });
    for (const { outcome } of done) tally[outcome]++;
    tally.failed += failed.length;
    tally.processed += entries.length;
    return entries.length;
  });
}

async function handleOrBisect(
  tx: PoolClient,
  handle: BatchHandler,
  batch: { shop: string; entries: readonly CacheEntry[]; now: Date },
): Promise<{ done: DoneEntry[]; failed: FailedEntry[] }> {
  const { entries } = batch;
  const attempts = new Map(entries.map((entry) => [entry.id, entry.attempts]));
  await tx.query("SAVEPOINT batch");
  try {
    const { done, failed } = await handle(tx, batch);
    await tx.query("RELEASE SAVEPOINT batch");
    return { done, failed: failed.map((entry) => ({ ...entry, attempts: attempts.get(entry.id) ?? 0 })) };
  } catch (error) {
    await tx.query("ROLLBACK TO SAVEPOINT batch"); // throws when the connection is gone: then nothing was decided
    const only = entries.length === 1 ? entries[0] : undefined;
    if (only)
      return { done: [], failed: [{ ...describeFailure(error), id: only.id, attempts: only.attempts }] };
    const middle = Math.ceil(entries.length / 2);
    const first = await handleOrBisect(tx, handle, { ...batch, entries: entries.slice(0, middle) });
    const second = await handleOrBisect(tx, handle, { ...batch, entries: entries.slice(middle) });
    return { done: [...first.done, ...second.done], failed: [...first.failed, ...second.failed] };
  }
}

/** Code, text and whether a retry can help, of anything a record can make fail. */
export function describeFailure(error: unknown): { code: string; text: string; retry: boolean } {
  if (error instanceof AppError) return { code: error.code, text: error.message, retry: error.retry };
  if (error instanceof MoneyError) return { code: "MONEY_UNREADABLE", text: error.message, retry: true };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", text: `${explainError("INTERNAL").words}: ${reason}`, retry: true };
}
