import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { finished } from "node:stream/promises";

/** `COPY "table" (columns) FROM STDIN`, names quoted. */
export function copySql(table: string, columns: readonly string[]): string {
  return `COPY "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) FROM STDIN`;
}

/**
 * Runs a COPY … FROM STDIN with ready text in COPY's text format (see copy-text.ts).
 * @throws whatever the database answers (a unique violation rolls back the caller's transaction).
 */
export async function copyRows(
  tx: PoolClient,
  sql: string,
  chunks: readonly (Buffer | string)[],
): Promise<void> {
  const stream = tx.query(copyFrom(sql));
  const done = finished(stream);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await done;
}
