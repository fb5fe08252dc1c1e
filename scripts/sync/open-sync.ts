import path from "node:path";
import pino from "pino";
import { createLog, type Log } from "#app/lib/log.server.ts";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { parseEnv, type Env } from "#app/lib/parse-env.ts";
import { migrate } from "../migrate.ts";
import { ensurePostgres } from "../postgres.ts";
import { CommandRefusal } from "./command-refusal.ts";

/** What a command works with. */
export type SyncContext = {
  env: Env;
  database: Database;
  log: Log;
  now: () => Date;
  close: () => Promise<void>;
};

/**
 * Environment and database of a command: those of web and worker, or without DATABASE_URL the embedded PostgreSQL, which a demo beside
 * it uses too.
 * @throws CommandRefusal where the environment or the tables are not right; Error where the database does not answer
 */
export async function openSync(environment: NodeJS.ProcessEnv): Promise<SyncContext> {
  const env = readEnvironment(environment);
  const postgres = await ensurePostgres();
  // Steps are told by the job itself: the log, on standard error, is for what nobody expected.
  const level = environment.LOG_LEVEL ? env.logLevel : "error";
  const log = createLog(level, pino.destination({ dest: 2, sync: true }));
  const database = openDatabase(postgres.url, {
    ...{ poolSize: 10, applicationName: "erp-sync-command" },
    onIdleError: (error) => {
      log.warn({ err: error }, "an idle database connection was lost");
    },
  });
  const close = async () => {
    await database.close();
    await postgres.stop();
  };
  try {
    if (env.databaseUrl === undefined) await migrate(postgres.url);
    await expectTables(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { env, database, log, now: () => new Date(), close };
}

function readEnvironment(environment: NodeJS.ProcessEnv): Env {
  try {
    return parseEnv(environment);
  } catch (error) {
    throw new CommandRefusal(
      (error as Error).message,
      `Set them as for web and worker: ${path.join("docs", "deploy.md")}.`,
    );
  }
}

async function expectTables({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('"SyncJob"') is not null as there`,
  );
  if (rows[0]?.there !== true)
    throw new CommandRefusal(
      "The database of DATABASE_URL has no tables of this app.",
      "Make them with `npm run db -- migrate`.",
    );
}
