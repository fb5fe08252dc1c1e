import type { JobLogLineView, JobLogPart } from "./job-pages-view.ts";

/** What is shown of a log after its newest part was read again: what was read before stays below, unless lines between are missing. */
export function withNewest(shown: JobLogPart | null, newest: JobLogPart): JobLogPart {
  const oldest = newest.lines.at(-1);
  if (shown === null || oldest === undefined) return newest;
  const met = shown.lines.findIndex(({ id }) => id === oldest.id);
  if (met === -1) return newest;
  return { lines: [...newest.lines, ...shown.lines.slice(met + 1)], hasOlder: shown.hasOlder };
}

/** What is shown after an older part was read. */
export function withOlder(shown: JobLogPart, older: JobLogPart): JobLogPart {
  const known = new Set(shown.lines.map(({ id }: JobLogLineView) => id));
  return {
    lines: [...shown.lines, ...older.lines.filter(({ id }) => !known.has(id))],
    hasOlder: older.hasOlder,
  };
}
