import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject, test as baseTest } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { cleanDatabase } from "./clean-database.ts";
import { TEMPLATE_DATABASE } from "./start-test-postgres.ts";

export type TestDatabase = {
  url: string;
  db: Database;
  /** Closes `db` and gives the database back, whoever is still connected. */
  drop: () => Promise<void>;
};

/**
 * A migrated, empty database of its own, for a test that says itself when it begins and ends: one that another test is through with
 * and that is as good as new, or a new one. `applicationName` is what pg_stat_activity shows.
 */
export async function createTestDatabase(applicationName = "test"): Promise<TestDatabase> {
  const adminUrl = inject("testPostgresUrl");
  const name = (await takeIdle(adminUrl)) ?? (await createNew(adminUrl));
  const target = new URL(adminUrl);
  target.pathname = `/${name}`;
  const db = openDatabase(target.href, { poolSize: 5, applicationName });
  const drop = async () => {
    await db.close();
    if (await cleanDatabase(target.href, inject("testDatabaseShape")))
      await run(adminUrl, "insert into idle_database (name) values ($1)", [name]);
    else await run(adminUrl, `drop database ${name} with (force)`);
  };
  return { url: target.href, db, drop };
}

async function takeIdle(adminUrl: string): Promise<string | undefined> {
  const [row] = await run<{ name: string }>(
    adminUrl,
    `delete from idle_database where name = (select name from idle_database limit 1 for update skip locked) returning name`,
  );
  return row?.name;
}

/** Some 600 files are copied: a fifth of a second. */
async function createNew(adminUrl: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  // file_copy: with WAL as the way it takes half as long again.
  await run(adminUrl, `create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
  return name;
}

async function run<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
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
