import { expect } from "vitest";

import { databaseTest } from "#tests/setup/test-database.ts";

import type { Db } from "./db.server.ts";
import { readSnapshot } from "./read-snapshot.server.ts";

async function* twice(db: Db) {
  for (let page = 0; page < 2; page++) {
    const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from "Shop"`);
    yield rows[0]?.count;
  }
}

databaseTest(
  "pages read one after another are of one moment, and nothing can be written",
  async ({ database }) => {
    const { pool } = database;
    const counts: unknown[] = [];
    for await (const count of readSnapshot(pool, twice)) {
      counts.push(count);
      await pool.query(`insert into "Shop" (shop) values ($1)`, [
        `shop-${String(counts.length)}.myshopify.com`,
      ]);
    }
    expect(counts).toEqual([0, 0]);
    const write = readSnapshot(pool, async function* (db) {
      yield await db.query(`delete from "Shop"`);
    });
    await expect(write.next()).rejects.toThrow("read-only transaction");
    expect([pool.idleCount, pool.waitingCount]).toEqual([pool.totalCount, 0]);
  },
);

databaseTest(
  "whoever stops reading, or whose connection is lost, holds no connection",
  async ({ database }) => {
    const { pool } = database;
    const stopped = readSnapshot(pool, twice);
    await stopped.next();
    expect(pool.idleCount).toBe(pool.totalCount - 1);
    await stopped.return(undefined);
    expect(pool.idleCount).toBe(pool.totalCount);
    const { rows } = await pool.query("show transaction_isolation");
    expect(rows).toEqual([{ transaction_isolation: "read committed" }]);

    const lost = readSnapshot(pool, async function* (db) {
      const { rows: own } = await db.query<{ pid: number }>("select pg_backend_pid() as pid");
      yield own[0]?.pid;
      yield* twice(db);
    });
    const { value: pid } = await lost.next();
    await pool.query("select pg_terminate_backend($1)", [pid]);
    await expect(lost.next()).rejects.toThrow();
    expect(pool.idleCount).toBe(pool.totalCount);
  },
);
