import { setTimeout as sleep } from "node:timers/promises";
import { findProcessed, listProcessed } from "#app/cache/claim-processed.server.ts";
import { countCache } from "#app/cache/cache-counts.server.ts";
import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";
import {
  addFigures,
  describeBackfill,
  describeColumns,
  lookedAt,
  noFigures,
  type BackfillFigures,
  type FiguresByKind,
} from "./backfill-figures.ts";
import { backfillPage } from "./backfill-page.server.ts";
import { readBackfillOptions } from "./job-catalogue.ts";
import type { JobContext, JobHandler } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { JobStopped } from "./job-stopped.ts";
import { kindWords } from "./process-pending.server.ts";

/** Half a batch of the live processor, which waits for the catalogue's lock as long as a page of products holds it. */
const PAGE = 250;
/** As in processIntoErp: entries another worker does not let go of for so long are left to it. */
const OTHERS_PATIENCE_MS = 30_000;

/** Where a backfill stands: all of it is in the job's checkpoint, written in the transaction of each page. */
type Progress = {
  figures: FiguresByKind;
  /** The last id of a kind that a page went up to. */
  at: Partial<Record<QueuedKind, string>>;
  /** Entries another worker held when their page came. */
  held: Partial<Record<QueuedKind, string[]>>;
};

/**
 * Computes the ERP's rows again from the cache, page by page, and asks Shopify nothing. A dry run counts what would change; a real
 * run changes it. Each kind is looked at with the other kinds as they are: what an order would get from a product that is
 * filled in the same run shows only then. Customers of whom only orders tell are not gone over.
 */
export const backfillJob: JobHandler = async (context, job) => {
  const { dryRun, kinds } = readBackfillOptions(job.options);
  const progress = readProgress(job, dryRun);
  let total = job.before.total ?? 0;
  if (Object.keys(progress.at).length === 0) {
    const counts = await countCache(context.database.pool, job.shop);
    total = kinds.reduce((sum, kind) => sum + counts[kind].processed, 0);
    job.setTotal(total);
  }
  for (const kind of kinds) await goOver(context, job, { kind, dryRun, progress, total });
  for (const kind of kinds) await comeAgain(context, job, { kind, dryRun, progress, total });

  for (const kind of kinds) tellKind(job, kind, progress.figures[kind] ?? noFigures, dryRun);
  job.setTotal(kinds.reduce((sum, kind) => sum + lookedAt(progress.figures[kind] ?? noFigures), 0));
  const told = Object.fromEntries(kinds.map((kind) => [kind, progress.figures[kind] ?? noFigures]));
  return describeBackfill(told, { dryRun, words: kindWords });
};

type Walk = { kind: QueuedKind; dryRun: boolean; progress: Progress; total: number };

/** All processed entries of a kind by id, from where it stopped. */
async function goOver(context: JobContext, job: JobHandle, walk: Walk): Promise<void> {
  const { kind, progress } = walk;
  const { pool } = context.database;
  for (;;) {
    job.throwIfStopped();
    const ids = await listProcessed(pool, {
      ...{ shop: job.shop, kind, limit: PAGE },
      after: progress.at[kind] ?? "",
    });
    const last = ids.at(-1);
    if (last === undefined) return;
    await page(context, job, walk, ids, (passedOver) => ({
      at: { ...progress.at, [kind]: last },
      held: { ...progress.held, [kind]: [...(progress.held[kind] ?? []), ...passedOver] },
    }));
  }
}

/** Entries that were held before. One that has become pending is its processor's: it goes by the same rules. */
async function comeAgain(context: JobContext, job: JobHandle, walk: Walk): Promise<void> {
  const { kind, progress } = walk;
  const { pool } = context.database;
  let lastProgress = Date.now();
  for (;;) {
    job.throwIfStopped();
    const ids = await findProcessed(pool, { shop: job.shop, kind, ids: progress.held[kind] ?? [] });
    if (ids.length === 0) return;
    if (Date.now() - lastProgress > OTHERS_PATIENCE_MS) {
      job.step(`${String(ids.length)} ${kindWords[kind]} are held by another worker and were not looked at`, {
        level: "warn",
      });
      return;
    }
    await page(context, job, walk, ids.slice(0, PAGE), (passedOver) => {
      const rest = [...ids.slice(PAGE), ...passedOver];
      if (rest.length < ids.length) lastProgress = Date.now();
      return { held: { ...progress.held, [kind]: rest } };
    });
    if (progress.held[kind]?.length === ids.length) await sleep(200);
  }
}

async function page(
  { database, now }: JobContext,
  job: JobHandle,
  { kind, dryRun, progress, total }: Walk,
  ids: readonly string[],
  move: (passedOver: string[]) => Partial<Progress>,
): Promise<void> {
  let reached: Partial<Progress> = {};
  await backfillPage(database.pool, {
    ...{ shop: job.shop, kind, ids, now: now(), dryRun },
    save: async (tx, found) => {
      const before = progress.figures[kind] ?? noFigures;
      const figures = addFigures(before, found);
      reached = { ...move(found.passedOver), figures: { ...progress.figures, [kind]: figures } };
      await saveProgress(tx, job, { ...progress, ...reached }, { dryRun, before, after: figures });
    },
  });
  Object.assign(progress, reached);
  const done = Object.values(progress.figures).reduce((sum, figures) => sum + lookedAt(figures), 0);
  job.advance({ what: "going over", done, of: total });
  const { created, updated } = progress.figures[kind] ?? noFigures;
  job.step(
    `${dryRun ? "Looking at" : "Filling"} ${kindWords[kind]}: ${String(lookedAt(progress.figures[kind] ?? noFigures))} so far, ${String(created + updated)} ${dryRun ? "would change" : "changed"}`,
    { log: false },
  );
}

const figuresKey = (dryRun: boolean) => (dryRun ? "would" : "did");

function readProgress({ checkpoint }: JobHandle, dryRun: boolean): Progress {
  const { at, held } = checkpoint as Partial<Progress>;
  const figures = checkpoint[figuresKey(dryRun)] as FiguresByKind | undefined;
  return { at: at ?? {}, held: held ?? {}, figures: figures ?? {} };
}

/**
 * Counters and checkpoint in the transaction of the page they are of: whoever is killed has counted exactly what was done. A dry
 * run has created and updated nothing; what it found is in the checkpoint. A worker that lost the job writes nothing more.
 */
async function saveProgress(
  tx: Db,
  job: JobHandle,
  { at, held, figures }: Progress,
  { dryRun, before, after }: { dryRun: boolean; before: BackfillFigures; after: BackfillFigures },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update "SyncJob" set "checkpoint" = "checkpoint" || $4::jsonb, "processed" = "processed" + $5,
       "created" = "created" + $6, "updated" = "updated" + $7, "skipped" = "skipped" + $8, "errors" = "errors" + $9
     where "shop" = $1 and "id" = $2 and "status" = 'running' and "checkpoint"->>'lease' = $3`,
    [
      ...[job.shop, job.id, job.checkpoint["lease"]],
      JSON.stringify({ at, held, [figuresKey(dryRun)]: figures }),
      lookedAt(after) - lookedAt(before),
      dryRun ? 0 : after.created - before.created,
      dryRun ? 0 : after.updated - before.updated,
      after.unchanged - before.unchanged,
      after.failed - before.failed,
    ],
  );
  if (rowCount === 0) throw new JobStopped("lost");
}

function tellKind(job: JobHandle, kind: QueuedKind, figures: BackfillFigures, dryRun: boolean): void {
  const columns = describeColumns(figures);
  if (columns !== null) job.step(`${kindWords[kind]}, ${dryRun ? "would change" : "changed"}: ${columns}`);
  if (figures.failed === 0) return;
  const more = figures.failed > figures.failures.length ? ", …" : "";
  job.step(
    `${String(figures.failed)} ${kindWords[kind]} cannot be processed and stay as they are: ${figures.failures.join(", ")}${more}`,
    { level: "warn" },
  );
}
