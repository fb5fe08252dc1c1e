import { chmod, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { migrate } from "../../scripts/migrate.ts";
import { startPostgresServer, stopPostgresServer } from "../../scripts/postgres-server.ts";
import { createDatabase } from "../../scripts/postgres.ts";
import { throwawayFolder } from "../../scripts/postgres-user.ts";

/** A PostgreSQL of its own, that can be restarted under load and survives it as in production: nothing is turned off. */
export type OwnPostgres = {
  database: Database;
  /** Stops it, whoever is connected, and starts it again where it was. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(path.join(await throwawayFolder(), "erp-sync-faults-"));
  await chmod(folder, 0o755); // as root the server is another user
  const dataFolder = path.join(folder, "data");
  const first = await startPostgresServer({ dataFolder });
  const url = first.url("faults");
  await createDatabase(first.url("postgres"), "faults");
  await migrate(url);
  const database = openDatabase(url, { poolSize: 5, applicationName: "faults" });
  return {
    database,
    async restart() {
      await stopPostgresServer(dataFolder);
      await startPostgresServer({ dataFolder });
    },
    async close() {
      await database.close();
      await stopPostgresServer(dataFolder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
