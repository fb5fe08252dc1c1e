import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { migrate } from "../../scripts/migrate.ts";
import { startPostgresServer, stopPostgresServer } from "../../scripts/postgres-server.ts";
import { createDatabase } from "../../scripts/postgres.ts";
import { throwawayFolder } from "../../scripts/postgres-user.ts";

/** A PostgreSQL of its own, that can be restarted under load and survives it as in production: nothing is turned off unless `settings` do. */
export type OwnPostgres = {
  /** A migrated, empty database; `close` of the server closes it too. */
  newDatabase(): Promise<Database>;
  /** Stops it, whoever is connected, and starts it again where it was. */
  restart(): Promise<void>;
  /** Its log: what it says of deadlocks names both statements. */
  log(): Promise<string>;
  close(): Promise<void>;
};

const TEMPLATE = "template_migrated";

export async function startOwnPostgres(settings: Record<string, string> = {}): Promise<OwnPostgres> {
  const folder = await mkdtemp(path.join(await throwawayFolder(), "erp-sync-faults-"));
  await chmod(folder, 0o755); // as root the server is another user
  const dataFolder = path.join(folder, "data");
  const server = await startPostgresServer({ dataFolder, settings });
  await createDatabase(server.url("postgres"), TEMPLATE);
  await migrate(server.url(TEMPLATE));
  const admin = openDatabase(server.url("postgres"), { poolSize: 1, applicationName: "faults" });
  const open: Database[] = [admin];
  return {
    async newDatabase() {
      const name = `faults_${randomUUID().replaceAll("-", "")}`;
      await admin.pool.query(`create database ${name} template ${TEMPLATE}`);
      const database = openDatabase(server.url(name), { poolSize: 5, applicationName: "faults" });
      open.push(database);
      return database;
    },
    async restart() {
      await stopPostgresServer(dataFolder);
      await startPostgresServer({ dataFolder, settings });
    },
    log: () => readFile(path.join(dataFolder, "server.log"), "utf8"),
    async close() {
      for (const database of open) await database.close();
      await stopPostgresServer(dataFolder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
