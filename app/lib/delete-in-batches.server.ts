import type { Db } from "./db.server.ts";

/** Rows a statement deletes at most: it holds nothing for long. */
const BATCH = 5000;

/**
 * Deletes what is old, 5,000 rows a statement, until a statement finds fewer.
 * @param deletion the statement of so many rows at most
 * @param signal ends it between two statements; the next run goes on
 * @returns how many rows
 */
export async function deleteInBatches(
  db: Db,
  deletion: (most: number) => { text: string; values: unknown[] },
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await db.query(deletion(BATCH));
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH || signal?.aborted) return deleted;
  }
}
