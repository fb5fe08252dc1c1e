import type { Pool } from "pg";
import { expect } from "vitest";

/**
 * Vacuums a table until each of its pages is marked as visible to all: only then an index is enough to answer. A vacuum right behind
 * the rows may not mark them yet.
 */
export async function vacuumWhole(pool: Pool, table: string): Promise<void> {
  const hidden = async () => {
    await pool.query(`vacuum analyze "${table}"`);
    const { rows } = await pool.query<{ pages: number }>(
      `select relpages - relallvisible as pages from pg_class where oid = $1::regclass`,
      [`"${table}"`],
    );
    return rows[0]?.pages;
  };
  await expect.poll(hidden, { timeout: 20_000 }).toBe(0);
}
