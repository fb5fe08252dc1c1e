import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { isRunning } from "./is-running.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { findServerUser, type ServerUser } from "./postgres-user.ts";

const START_TIMEOUT_MS = 60_000;
/** Every command using a server holds this lock shared; who can take it alone is the last and stops the server. */
const IN_USE_LOCK = 7_270_001;

type Installation = { dataFolder: string; user: ServerUser | undefined; binaries: PostgresBinaries };

export type PostgresServer = {
  /** Connection string of one database on this server; the superuser's. */
  url: (database: string) => string;
  /** Lets go of the server. The last command to let go stops it, unless somebody else is connected. */
  stop: () => Promise<void>;
};

/**
 * A running PostgreSQL on `dataFolder`: reused if one runs there already, else created and started on a free
 * port of 127.0.0.1. Several commands may call this at once for the same folder; PostgreSQL's own lock file
 * decides who starts it. `settings` go on the server's command line and only count for whoever starts it.
 */
export async function startPostgresServer(options: {
  dataFolder: string;
  settings?: Record<string, string>;
}): Promise<PostgresServer> {
  const user = await findServerUser(options.dataFolder);
  const binaries = await findPostgresBinaries(user);
  await createDataFolder(options.dataFolder, user, binaries);
  const installation = { dataFolder: await realpath(options.dataFolder), user, binaries };
  const password = await readFile(path.join(installation.dataFolder, "password"), "utf8");

  const { port, lease } = await joinOrStart(installation, password, options.settings ?? {});
  const url = (database: string) => serverUrl(port, password, database);
  const stop = async () => {
    await lease.end().catch(() => undefined);
    if (await closeForOthers(url("postgres"))) await stopPostgresServer(installation.dataFolder);
  };
  return { url, stop };
}

/** Stops the server of this data folder at once, whoever is connected. False if none was running. */
export async function stopPostgresServer(dataFolder: string): Promise<boolean> {
  if (!(await readLock(await realpath(dataFolder).catch(() => dataFolder)))) return false;
  const user = await findServerUser(dataFolder);
  const { pgCtl } = await findPostgresBinaries(user);
  await runAs(user, pgCtl, ["stop", "-D", dataFolder, "-m", "fast", "-w"]);
  return true;
}

/** initdb into a folder of another name, then renamed: a half-made data folder is never seen by anyone. */
async function createDataFolder(
  dataFolder: string,
  user: ServerUser | undefined,
  binaries: PostgresBinaries,
) {
  if (await readFile(path.join(dataFolder, "PG_VERSION")).catch(() => undefined)) return;
  const parent = path.dirname(dataFolder);
  await mkdir(parent, { recursive: true });
  const unfinished = path.join(parent, `.new-${randomUUID()}`);
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  const passwordFile = path.join(parent, `.password-${randomUUID()}`);
  await writeFile(passwordFile, randomBytes(16).toString("hex"), { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  try {
    // The builtin locale provider sorts the same on every machine, whatever locales are installed.
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    await runAs(user, binaries.initdb, ["-D", unfinished, ...locale, ...access, "--no-instructions"]);
    await rename(passwordFile, path.join(unfinished, "password"));
    await rename(unfinished, dataFolder);
  } catch (error) {
    const lostRace = await readFile(path.join(dataFolder, "PG_VERSION")).catch(() => undefined);
    if (!lostRace) throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function joinOrStart(installation: Installation, password: string, settings: Record<string, string>) {
  const lastPortFile = path.join(installation.dataFolder, "last-port");
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failure = "it did not accept connections in time";
  while (Date.now() < deadline) {
    const port = await readLock(installation.dataFolder);
    if (port) {
      const lease = await takeLease(serverUrl(port, password, "postgres"));
      if (lease) {
        await writeFile(lastPortFile, String(port));
        return { port, lease };
      }
      await sleep(50); // it is starting or stopping
      continue;
    }
    const lastPort = Number(await readFile(lastPortFile, "utf8").catch(() => "0"));
    const flags = Object.entries({
      port: String((await freePort(lastPort)) ?? (await freePort(0))),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "", // a long checkout path would not fit into a socket's name
      max_connections: "200",
      timezone: "UTC",
      ...settings,
    }).map(([name, value]) => `-c ${name}="${value}"`);
    const log = path.join(installation.dataFolder, "server.log");
    await runAs(installation.user, installation.binaries.pgCtl, [
      ...["start", "-D", installation.dataFolder, "-l", log, "-w", "-t", "60", "-o", flags.join(" ")],
    ]).catch(async () => {
      // Another command was faster, or took the port: look again. Anything else is in the log.
      failure = (await readFile(log, "utf8").catch(() => "")).split("\n").slice(-8).join("\n").trim();
      await sleep(200);
    });
  }
  throw new Error(`PostgreSQL did not start on ${installation.dataFolder}: ${failure}`);
}

/** Port of the server that runs on this data folder, from its lock file; removes a lock file that lies. */
async function readLock(dataFolder: string): Promise<number | undefined> {
  const file = path.join(dataFolder, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const [pid, lockedFolder, , port] = lines;
  if (!pid || !lockedFolder || !port) return undefined;
  // A copied checkout brings the lock file of the original's server along; after a restart of the machine
  // the number may belong to another program.
  const program = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => undefined);
  const alive = process.platform === "linux" ? program?.startsWith("postgres") : isRunning(Number(pid));
  if (alive && path.resolve(lockedFolder) === dataFolder) return Number(port);
  await rm(file, { force: true });
  return undefined;
}

async function takeLease(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined); // whoever uses the database hears of a lost server by itself
  try {
    await client.connect();
    // Waits while a last user is just stopping the server; then the connection ends, and we start anew.
    await client.query("select pg_advisory_lock_shared($1)", [IN_USE_LOCK]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

/** True when nobody else uses the server; from then on nobody can begin to. */
async function closeForOthers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    for (let tries = 0; tries < 20; tries++) {
      const { rows } = await client.query<{ free: boolean }>(
        `select not exists (select from pg_stat_activity
           where backend_type = 'client backend' and pid <> pg_backend_pid()) and pg_try_advisory_lock($1) as free`,
        [IN_USE_LOCK],
      );
      if (rows[0]?.free) return true; // the lock is held until the server is gone
      await sleep(100); // our own child processes may just be closing theirs
    }
    await client.end();
    return false;
  } catch {
    return false; // stopped by somebody else meanwhile
  }
}

function serverUrl(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${String(port)}/${database}`;
}

/** `wanted`, or any free port for 0; undefined when it is taken. */
async function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(undefined);
    });
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function runAs(user: ServerUser | undefined, program: string, args: string[]): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
  for (const name of Object.keys(env)) if (name.startsWith("PG")) env[name] = undefined; // PGDATA, PGPORT, …
  try {
    const options = { env, cwd: path.parse(program).root, ...(user && { uid: user.uid, gid: user.gid }) };
    await promisify(execFile)(program, args, options);
  } catch (error) {
    const output = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`${path.basename(program)} ${args[0] ?? ""} failed: ${output || String(error)}`, {
      cause: error,
    });
  }
}
