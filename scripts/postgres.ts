import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readlink, rm, symlink } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { postgresUrl } from "#app/lib/parse-env.ts";
import { startPostgresServer, stopPostgresServer } from "./postgres-server.ts";
import { isRoot, stateFolder } from "./postgres-user.ts";

const CHECKOUT = path.dirname(import.meta.dirname);
const DATABASE = "erp_sync";

export type Postgres = {
  /** Connection string of the project's database, which exists; its tables come with `migrate(url)`. */
  url: string;
  /** Whether it is this checkout's own, and not the one of DATABASE_URL. */
  isEmbedded: boolean;
  /** Lets go of it; the embedded server ends with its last user. Nothing to do for DATABASE_URL. */
  stop: () => Promise<void>;
};

/**
 * The database for development and demo: DATABASE_URL if set, else a PostgreSQL of our own under `.data/`,
 * which every command of this checkout shares. Throws one error that says what to do.
 */
export async function ensurePostgres(options: { dataDir?: string } = {}): Promise<Postgres> {
  const given = process.env.DATABASE_URL;
  try {
    if (given) {
      await checkConnection(given);
      return { url: given, isEmbedded: false, stop: () => Promise.resolve() };
    }
    const server = await startPostgresServer({ dataFolder: options.dataDir ?? (await defaultDataFolder()) });
    await createDatabase(server.url("postgres"), DATABASE);
    return { url: server.url(DATABASE), isEmbedded: true, stop: server.stop };
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    const advice = given
      ? ["Is the server of DATABASE_URL up, and do host, port, user, password and database name fit?"]
      : [
          "Set DATABASE_URL to a PostgreSQL of your own (15 or later),",
          "or remove the folder .data and try again.",
        ];
    throw new Error(["No database:", `  ${reason}`, ...advice.map((line) => `  ${line}`)].join("\n"), {
      cause: error,
    });
  }
}

/** Stops the embedded server, whoever uses it. False if it was not running. */
export async function stopPostgres(): Promise<boolean> {
  return stopPostgresServer(await defaultDataFolder());
}

/**
 * `.data/postgres`; as root a link to a folder outside the checkout, because the server's user must be able
 * to get there. The link names this checkout, so a copied one gets a database of its own.
 */
async function defaultDataFolder(): Promise<string> {
  const link = path.join(CHECKOUT, ".data", "postgres");
  await mkdir(path.dirname(link), { recursive: true });
  if (!isRoot()) return link;

  const checkoutName = `data-${createHash("sha256").update(CHECKOUT).digest("hex").slice(0, 12)}`;
  const existing = await lstat(link).catch(() => undefined);
  if (existing?.isDirectory()) return link; // made by another user, as whom the server then runs
  if (existing) {
    const target = await readlink(link);
    if (path.basename(target).startsWith(checkoutName)) return target;
    await rm(link);
  }
  const target = path.join(await stateFolder(), `${checkoutName}-${randomUUID().slice(0, 8)}`);
  await symlink(target, link).catch(() => undefined); // another command may have been faster: its link counts
  return readlink(link);
}

async function checkConnection(url: string): Promise<void> {
  const { success, error } = postgresUrl.safeParse(url);
  if (!success) throw new Error(`DATABASE_URL ${error.issues[0]?.message ?? "is not valid"}`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // 42P04 and 23505: another command created it between our two statements.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}
