import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject, test as baseTest } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { TEMPLATE_DATABASE } from "./start-test-postgres.ts";

export type TestDatabase = {
  url: string;
  db: Database;
  /** Closes `db` and drops the database, whoever is still connected. */
  drop: () => Promise<void>;
};

/**
 * A migrated, empty database of its own, made in about 50 ms, for a test that says itself when it begins and
 * ends. `applicationName` is what pg_stat_activity shows.
 */
export async function createTestDatabase(applicationName = "test"): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const adminUrl = inject("testPostgresUrl");
  // file_copy: with WAL as the way, a copy of some forty tables takes twice as long.
  await run(adminUrl, `create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
  const target = new URL(adminUrl);
  target.pathname = `/${name}`;
  const db = openDatabase(target.href, { poolSize: 5, applicationName });
  const drop = async () => {
    await db.close();
    await run(adminUrl, `drop database ${name} with (force)`);
  };
  return { url: target.href, db, drop };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** `databaseTest("…", async ({ database }) => …)`: a database of its own for each test that asks for one. */
export const databaseTest = baseTest.extend("database", async ({ task }, { onCleanup }) => {
  const { db, drop } = await createTestDatabase(task.name);
  onCleanup(drop);
  return db;
});
