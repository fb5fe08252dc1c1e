import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const CHECKOUT = path.dirname(import.meta.dirname);
/** Prisma's own migration lock gives up after ten seconds; under ours the others wait their turn. */
const MIGRATION_LOCK = 7_270_002;
const MIGRATIONS_TABLE_EXISTS = "select to_regclass('_prisma_migrations') is not null as exists";

/**
 * Brings the tables of the database at `url` up to the newest migration (`prisma migrate deploy`).
 * Any number of processes may call it at once; a database that is up to date costs one query.
 * Throws with Prisma's own words when a migration fails; nothing of that migration stays then.
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    if (await isUpToDate(client)) return;
    await forgetFailures(client);
    await deploy(url);
  } finally {
    await client.end();
  }
}

async function isUpToDate(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(MIGRATIONS_TABLE_EXISTS);
  if (!rows[0]?.exists) return false;
  const applied = await client.query<{ migration_name: string }>(
    "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const names = new Set(applied.rows.map((row) => row.migration_name));
  const entries = await readdir(path.join(CHECKOUT, "prisma", "migrations"), { withFileTypes: true });
  return entries.every((entry) => !entry.isDirectory() || names.has(entry.name));
}

/**
 * A migration runs whole or not at all (prisma.config.ts), so one that failed left nothing but its row here,
 * which would stop Prisma for good: `prisma migrate resolve` does not work without a downloaded engine.
 */
async function forgetFailures(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(MIGRATIONS_TABLE_EXISTS);
  if (rows[0]?.exists) await client.query("delete from _prisma_migrations where finished_at is null");
}

async function deploy(url: string): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  try {
    await promisify(execFile)(process.execPath, [prisma, "migrate", "deploy"], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        DATABASE_URL: url,
        NO_COLOR: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`The database could not be migrated:\n${stdout}${stderr}`.trim(), { cause: error });
  }
}
