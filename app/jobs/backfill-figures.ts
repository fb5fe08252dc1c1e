import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { Foreseen } from "#app/erp/backfill/foreseen.ts";

/** What a backfill has found in the entries of one kind so far. */
export type BackfillFigures = {
  created: number;
  updated: number;
  unchanged: number;
  /** Cannot be processed as things are now: left as they are. */
  failed: number;
  /** By column: of how many records. */
  columns: Readonly<Record<string, number>>;
  /** The first that failed, and why; what PostgreSQL or JavaScript said of one may quote it, and stays out of the log. */
  failures: readonly string[];
};

export const noFigures: BackfillFigures = {
  ...{ created: 0, updated: 0, unchanged: 0, failed: 0, columns: {}, failures: [] },
};

const NAMED_FAILURES = 5;

/** The figures with a page's added. */
export function addFigures(figures: BackfillFigures, page: Foreseen): BackfillFigures {
  const count = (outcome: string) => page.entries.filter((entry) => entry.outcome === outcome).length;
  const columns = { ...figures.columns };
  for (const [column, records] of Object.entries(page.columns))
    columns[column] = (columns[column] ?? 0) + records;
  return {
    created: figures.created + count("created"),
    updated: figures.updated + count("updated"),
    unchanged: figures.unchanged + count("unchanged"),
    failed: figures.failed + page.failed.length,
    columns,
    failures: [...figures.failures, ...page.failed.map(nameFailure)].slice(0, NAMED_FAILURES),
  };
}

function nameFailure({ id, code, text }: Foreseen["failed"][number]): string {
  return `${id} (${code === "INTERNAL" ? code : text})`;
}

/** How many entries were looked at. */
export function lookedAt({ created, updated, unchanged, failed }: BackfillFigures): number {
  return created + updated + unchanged + failed;
}

const figure = (value: number) => value.toLocaleString("en");

export type FiguresByKind = Partial<Record<QueuedKind, BackfillFigures>>;

/** `Would change: 1,240 of 99,310 orders, 0 of 512 products; nothing was changed`. */
export function describeBackfill(
  figures: FiguresByKind,
  { dryRun, words }: { dryRun: boolean; words: Record<QueuedKind, string> },
): string {
  const kinds = Object.entries(figures) as [QueuedKind, BackfillFigures][];
  const changes = kinds.map(
    ([kind, one]) => `${figure(one.created + one.updated)} of ${figure(lookedAt(one))} ${words[kind]}`,
  );
  const failed = kinds.reduce((sum, [, one]) => sum + one.failed, 0);
  return [
    `${dryRun ? "Would change" : "Changed"}: ${changes.join(", ")}`,
    ...(failed > 0 ? [`${figure(failed)} cannot be processed and stay as they are`] : []),
    ...(dryRun ? ["nothing was changed"] : []),
  ].join("; ");
}

/** `Order.note 140, Parcel.deliveredAt 12`, the most first; null where nothing changes. */
export function describeColumns({ columns }: BackfillFigures): string | null {
  const sorted = Object.entries(columns).sort(([a, m], [b, n]) => n - m || a.localeCompare(b, "en"));
  return sorted.length === 0 ? null : sorted.map(([name, count]) => `${name} ${figure(count)}`).join(", ");
}
