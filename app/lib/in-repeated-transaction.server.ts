import type { Pool, PoolClient } from "pg";
import { inTransaction } from "./db.server.ts";

/** What PostgreSQL says to the one of two transactions that it ended so that the other could go on: deadlock, serialization failure. */
const CONFLICTS: readonly unknown[] = ["40P01", "40001"];
const TRIES = 10;

/** Whether a transaction failed for meeting another one: it is nobody's fault, and done again it goes through. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && "code" in error && CONFLICTS.includes(error.code);
}

/**
 * As `inTransaction`; when it and another transaction got into each other's way, all of `work` is done again, so what it
 * changes outside the database it must only change once it has returned.
 */
export async function inRepeatedTransaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, work);
    } catch (error) {
      if (!isConflict(error) || attempt === TRIES) throw error;
    }
  }
}
