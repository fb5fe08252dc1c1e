import type { Pool, PoolClient } from "pg";
import { AppError, explainError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { MoneyError } from "#app/lib/money.ts";
import type { QueuedKind } from "./cache-tables.ts";
import { claimPending, type CacheEntry } from "./claim-pending.server.ts";
import { handleOrHalve } from "./handle-or-halve.server.ts";
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
 * halved until the record that does it stands alone; that one fails with its reason, the others go through (law 6). One that
 * met another transaction is done again, and blames no record.
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
  const { entries, done, failed } = await inRepeatedTransaction(pool, async (tx) => {
    const entries = await claimPending(tx, { shop, kind, limit, now, ids, liveOnly });
    const marks = await handleEntries(tx, handle, { shop, entries, now });
    await markProcessed(tx, { shop, kind, now, ...marks });
    return { entries, ...marks };
  });
  // Counted once committed: a batch that is done again counts once.
  for (const { outcome } of done) tally[outcome]++;
  tally.failed += failed.length;
  tally.processed += entries.length;
  return entries.length;
}

async function handleEntries(
  tx: PoolClient,
  handle: BatchHandler,
  { shop, entries, now }: { shop: string; entries: readonly CacheEntry[]; now: Date },
): Promise<{ done: DoneEntry[]; failed: FailedEntry[] }> {
  const attempts = new Map(entries.map((entry) => [entry.id, entry.attempts]));
  const { results, failed } = await handleOrHalve(tx, entries, (part) =>
    handle(tx, { shop, entries: part, now }),
  );
  const refused = [
    ...results.flatMap((result) => result.failed),
    ...failed.map(({ item, error }) => ({ id: item.id, ...describeFailure(error) })),
  ];
  return {
    done: results.flatMap((result) => result.done),
    failed: refused.map((entry) => ({ ...entry, attempts: attempts.get(entry.id) ?? 0 })),
  };
}

/** Code, text and whether a retry can help, of anything a record can make fail. */
export function describeFailure(error: unknown): { code: string; text: string; retry: boolean } {
  if (error instanceof AppError) return { code: error.code, text: error.message, retry: error.retry };
  if (error instanceof MoneyError) return { code: "MONEY_UNREADABLE", text: error.message, retry: true };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", text: `${explainError("INTERNAL").words}: ${reason}`, retry: true };
}
