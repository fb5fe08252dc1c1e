import type { Pool } from "pg";

import type { Db } from "./db.server.ts";

/**
 * What `read` yields, all of it as the database stood at the first query: rows that change meanwhile are neither missed nor told twice,
 * however many pages they are read in. One connection is held for it, and given back at the end, at an error, and when whoever
 * reads stops.
 */
export async function* readSnapshot<T>(
  pool: Pick<Pool, "connect">,
  read: (db: Db) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  // Lost between two queries: not to be put back into the pool.
  const onError = (error: Error) => {
    broken = error;
  };
  tx.on("error", onError);
  try {
    await tx.query("begin isolation level repeatable read read only");
    yield* read(tx);
  } finally {
    // Nothing was written.
    await tx.query("rollback").catch((error: unknown) => {
      broken ??= error instanceof Error ? error : new Error(String(error));
    });
    tx.removeListener("error", onError);
    tx.release(broken);
  }
}
