import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../scripts/migrate.ts";
import { startPostgresServer, stopPostgresServer } from "../../scripts/postgres-server.ts";
import { createDatabase } from "../../scripts/postgres.ts";
import { isRunning } from "../../scripts/is-running.ts";
import { throwawayFolder } from "../../scripts/postgres-user.ts";
import { readShape } from "./clean-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the test server's database `postgres`. */
    testPostgresUrl: string;
    /** By which a database is known to be made as the migrations made it. */
    testDatabaseShape: string;
  }
}

/** Every test database is a copy of this one. */
export const TEMPLATE_DATABASE = "template_migrated";

/**
 * Speed: a test database need not survive a power cut, and lives too short to be vacuumed, which with some hundred databases would go on
 * without an end. A test about durability starts a server of its own; one about plans analyses its tables.
 */
const FAST = {
  ...{ fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "2GB" },
  autovacuum: "off",
};

const PREFIX = "erp-sync-test-";

/**
 * vitest's global setup: one PostgreSQL for the whole run, in a folder of its own that goes with it, so runs
 * beside each other never meet. Holds one migrated database, of which each test gets a copy, or one
 * that another test is through with.
 */
export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
  const parent = await throwawayFolder();
  await removeOrphans(parent);
  const folder = await mkdtemp(path.join(parent, PREFIX));
  await writeFile(path.join(folder, "owner"), String(process.pid));
  await chmod(folder, 0o755); // as root the server is another user
  const dataFolder = path.join(folder, "data");
  const remove = () => removeServer(folder);
  try {
    const server = await startPostgresServer({ dataFolder, settings: FAST });
    await createDatabase(server.url("postgres"), TEMPLATE_DATABASE);
    await migrate(server.url(TEMPLATE_DATABASE));
    project.provide("testPostgresUrl", server.url("postgres"));
    project.provide("testDatabaseShape", await readShape(server.url(TEMPLATE_DATABASE)));
    await makeIdleList(server.url("postgres"));
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

/** The databases that a test is through with and another may take. */
async function makeIdleList(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("create table idle_database (name text primary key)");
  await client.end();
}

async function removeServer(folder: string): Promise<void> {
  await stopPostgresServer(path.join(folder, "data"));
  await rm(folder, { recursive: true, force: true });
}

/** A test run that was killed could not stop its server; the next one does. */
async function removeOrphans(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const folder of names.map((name) => path.join(parent, name))) {
    const owner = Number(await readFile(path.join(folder, "owner"), "utf8").catch(() => "0"));
    // Without a name it is just being made, or another user's: not ours to remove.
    if (owner && !isRunning(owner)) await removeServer(folder).catch(() => undefined);
  }
}
