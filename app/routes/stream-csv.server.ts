import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { createReadableStreamFromReadable } from "@remix-run/node";
import { stringify } from "csv-stringify";

import type { Log } from "#app/lib/log.server.ts";

import { CSV_FORM } from "./csv-form.ts";

/** Columns of an export: heading → the cell of a row. Amounts as exact decimals, times as ISO 8601 in UTC. */
export type CsvColumns<Row> = Record<string, (row: Row) => string | number | boolean | null>;

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    /** Resolves once the line has taken what was written to the answer; the web process gives it. */
    drained?: () => Promise<void>;
  }
}

export type CsvReader = {
  log: Pick<Log, "error">;
  signal: AbortSignal;
  drained?: (() => Promise<void>) | undefined;
};

/**
 * An answer that is a CSV file, sent as its rows are read: an export of a million orders takes no more memory than one of fifty.
 * Cells that a spreadsheet would take for a formula are quoted by an apostrophe, since buyers write names and notes.
 * @param name of the file, without its ending
 * @param pages rows, a page at a time
 * @param reader its signal says when whoever asked is gone, `drained` when the line has taken what was written; to its log goes what
 * broke the file off
 */
export function streamCsv<Row>(
  name: string,
  columns: CsvColumns<Row>,
  pages: AsyncIterable<readonly Row[]>,
  { log, signal, drained }: CsvReader,
): Response {
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    ...CSV_FORM,
  });
  const cells = Object.values(columns);
  async function* records() {
    for await (const rows of pages) {
      for (const row of rows) yield cells.map((cell) => cell(row));
      await drained?.();
    }
  }
  // Whoever stops reading ends the query; a query that fails breaks the answer off, which a browser takes for a failure.
  pipeline(Readable.from(records()), csv, { signal }).catch((error: unknown) => {
    if (!isReaderGone(error)) log.error({ err: error, export: name }, "an export broke off");
  });
  return new Response(createReadableStreamFromReadable(csv), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    },
  });
}

function isReaderGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ABORT_ERR";
}
