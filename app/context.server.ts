import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { readEnv } from "#app/lib/env.server.ts";
import { createLog, type Log } from "#app/lib/log.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import { BadEnvironment } from "#app/lib/start-failure.ts";

/** What the entries hand on: every module is given these and reads no environment of its own. */
export type AppContext = {
  env: Env;
  database: Database;
  log: Log;
  now: () => Date;
  /** Aborted when the process has been asked to stop: what only waits ends then. */
  closing?: AbortSignal;
};

// The server's own files run as they are while the pages run from their bundle: two copies of this
// module in one process, which must share one pool. So does each reload of a development server.
const shared = globalThis as { erpSyncContext?: AppContext };

/**
 * The process's context, made at the first call.
 * @throws BadEnvironment listing every bad or missing variable of the environment
 */
export function getContext(): AppContext {
  shared.erpSyncContext ??= createContext();
  return shared.erpSyncContext;
}

function createContext(): AppContext {
  const env = readEnv();
  if (env.databaseUrl === undefined) {
    throw new BadEnvironment([
      "DATABASE_URL is missing (`npm run db -- url` prints the embedded PostgreSQL's)",
    ]);
  }
  const log = createLog(env.logLevel);
  const database = openDatabase(env.databaseUrl, {
    poolSize: 10,
    applicationName: "erp-sync",
    onIdleError: (error) => {
      log.warn({ err: error }, "an idle database connection was lost");
    },
  });
  return { env, database, log, now: () => new Date() };
}
