import { randomUUID } from "node:crypto";
import path from "node:path";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import type { BulkPurpose, BulkWindow } from "#app/shopify/bulk/bulk-purpose.ts";
import { purposeWords } from "#app/shopify/bulk/documents.ts";
import {
  collectBulkOperation,
  completeBulkOperation,
  type RunBulkOptions,
} from "#app/shopify/bulk/run-bulk-operation.server.ts";
import { askForMissing } from "./ask-for-missing.server.ts";
import type { ShopifyOfJob } from "./connect-shop.server.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";

/** Where a dump is compared with what we had. A worker that takes the job up again may call each once more. */
export type DumpCompare = {
  /** Called when the counts of the file at `path` agree, before anything of it is stored. */
  before(path: string, signal: AbortSignal): Promise<void>;
  /** Called when all of it is stored, with how many of ours it does not show; not where Shopify gave no counts. */
  after(missing: number): Promise<void>;
};

/**
 * Reads the records of some purposes by bulk operations into the cache; returns how many roots the first purpose
 * had. All operations run at Shopify at once (it may take hours); their files are stored one after the other, in
 * the order given. In a job that was taken up again, what an earlier worker has finished is not done twice.
 */
export async function dumpIntoCache(
  context: JobContext,
  job: JobHandle,
  shopify: ShopifyOfJob,
  {
    purposes,
    window,
    source = "dump",
    compare,
  }: {
    purposes: readonly [BulkPurpose, ...BulkPurpose[]];
    window: BulkWindow | null;
    source?: "dump" | "lookback";
    compare?: DumpCompare;
  },
): Promise<number> {
  const { database } = context;
  const main = purposes[0];
  const remembered = `roots of ${main}`;
  const done = job.checkpoint[remembered];
  if (typeof done === "number") return done;

  // When one operation fails, the others are not waited for; theirs end at Shopify by themselves.
  const group = new AbortController();
  const signal = AbortSignal.any([job.signal, group.signal]);
  const workDir = folderOfJob(context, job);
  const runs = purposes.map((purpose) =>
    bulkOptions(context, job, shopify, { purpose, window, workDir, signal, main, source, compare }),
  );
  const waits = await Promise.allSettled(
    runs.map((run) =>
      completeBulkOperation(database, run).catch((error: unknown) => {
        group.abort(error);
        throw error;
      }),
    ),
  );
  job.throwIfStopped();
  if (group.signal.aborted) throw group.signal.reason;

  await job.saveCheckpoint({ phase: "ingest" });
  for (const [index, wait] of waits.entries()) {
    const run = runs[index];
    if (!run || wait.status === "rejected" || !wait.value) continue; // stored before, by a worker that was stopped
    const { roots, created, updated, unchanged, superseded } = await collectBulkOperation(
      database,
      run,
      wait.value,
    );
    const stored =
      run.purpose === "inventory"
        ? `the stock levels of ${String(roots)} items`
        : `${String(roots)} ${purposeWords[run.purpose]}`;
    const old = superseded > 0 ? `, ${String(superseded)} older than what we have` : "";
    job.step(
      `Stored ${stored}: ${String(created)} new, ${String(updated)} changed, ${String(unchanged)} unchanged${old}`,
    );
  }
  const roots = await countIngested(context, job, main);
  await job.saveCheckpoint({ [remembered]: roots });
  return roots;
}

function bulkOptions(
  context: JobContext,
  job: JobHandle,
  { client, scopes }: ShopifyOfJob,
  run: {
    purpose: BulkPurpose;
    window: BulkWindow | null;
    workDir: string;
    signal: AbortSignal;
    main: BulkPurpose;
    source: "dump" | "lookback";
    compare: DumpCompare | undefined;
  },
): RunBulkOptions {
  const { database, now, waker, fetch } = context;
  const { purpose, main, signal, source, compare } = run;
  const mark = `start of ${purpose}`;
  const since = job.checkpoint[mark];
  return {
    ...{ client, scopes, shop: job.shop, jobId: job.id, waker, now, fetch },
    ...{ purpose, window: run.window, workDir: run.workDir, signal },
    onStep: (text) => {
      job.step(text);
    },
    onProgress: (text) => {
      job.step(text, { log: false });
    },
    onCounted: (roots) => {
      if (purpose === main) job.setTotal(roots);
    },
    startMark: {
      since: typeof since === "string" ? new Date(since) : null,
      keep: (at) => job.saveCheckpoint({ [mark]: at.toISOString() }),
    },
    ingest: (file) =>
      ingestBulkFile(database.pool, {
        ...file,
        // Its own each time: a worker that only seemed dead may still be writing into the last one.
        workDir: path.join(run.workDir, randomUUID()),
        ...{ shop: job.shop, source, signal, now: now() },
        onCounted: async () => {
          await compare?.before(file.path, signal);
        },
        onProgress: ({ roots, total }) => {
          job.advance({ what: `storing ${purpose}`, done: roots, of: total });
          job.step(`Storing ${purposeWords[purpose]}: ${String(roots)} of ${String(total)}`, { log: false });
        },
      }),
    // A look-back's file shows what changed: what is not in it may well be there.
    ...(source === "dump" && purpose !== "fulfillment_orders" && run.window?.by !== "updated"
      ? {
          onStored: async (stored) => {
            const options = { purpose, window: run.window, scopes, signal, stored };
            const missing = await askForMissing(context, job, options);
            await compare?.after(missing);
          },
        }
      : {}),
  };
}

/** Roots of the operation this job has ingested for a purpose, whichever worker did. */
async function countIngested(context: JobContext, job: JobHandle, purpose: BulkPurpose): Promise<number> {
  const { rows } = await context.database.pool.query<{ roots: number | null }>(
    `select "rootObjectCount" as "roots" from "ShopifyBulkOperation"
     where "shop" = $1 and "jobId" = $2 and "purpose" = $3 and "ingestedAt" is not null order by "createdAt" desc limit 1`,
    [job.shop, job.id, purpose],
  );
  return rows[0]?.roots ?? 0;
}
