/** `npm run db -- migrate|url|psql|reset|stop`: for whoever deploys, or wants to look into the database. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import pg from "pg";
import { migrate } from "./migrate.ts";
import { createDatabase, ensurePostgres, stopPostgres, type Postgres } from "./postgres.ts";
import { endUnderstanding } from "./read-or-end.ts";

const USAGE = `npm run db -- url     print the connection string (starts the embedded server and leaves it running)
npm run db -- psql    ask questions in SQL (further arguments go to psql, e.g. -c "select 1")
npm run db -- migrate create its tables, or bring them up to date; any number may do it at once
npm run db -- reset   throw the database away and create its tables anew
npm run db -- stop    stop the embedded server`;

async function main(command: string | undefined, rest: string[]): Promise<number> {
  // Behind psql they are its own.
  if (command === "--help" || command === "-h") {
    console.log(USAGE);
    return 0;
  }
  if (command !== "psql" && rest.length > 0)
    return endUnderstanding(
      USAGE,
      `${command ?? ""} takes nothing more: "${rest.join(" ")}" is not understood.`,
    );
  if (command === "url") {
    const { url } = await ensurePostgres();
    console.log(url);
    return 0; // ends without stop(), so the server stays
  }
  if (command === "stop") {
    console.log((await stopPostgres()) ? "Stopped." : "The embedded server was not running.");
    return 0;
  }
  if (command !== "migrate" && command !== "psql" && command !== "reset")
    return endUnderstanding(
      USAGE,
      command === undefined ? "Which of these?" : `There is no command "${command}".`,
    );
  const postgres = await ensurePostgres();
  try {
    if (command === "migrate") {
      await migrate(postgres.url);
      console.log("The tables are up to date.");
      return 0;
    }
    return command === "psql" ? await psql(postgres, rest) : await reset(postgres);
  } finally {
    await postgres.stop();
  }
}

async function reset({ url }: Postgres): Promise<number> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  await client.end();
  await createDatabase(admin.href, name);
  await migrate(url);
  console.log(`Database ${name} is empty and has its tables.`);
  return 0;
}

async function psql(postgres: Postgres, args: string[]): Promise<number> {
  process.on("SIGINT", () => undefined); // Ctrl-C cancels a query in psql; it must not end us
  const client = spawn("psql", [postgres.url, ...args], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    client.on("error", () => {
      queryPrinter(postgres.url, args).then(resolve, reject); // no psql on this machine
    });
    client.on("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}

/** What psql would do, in small: `-c "select …"`, or one statement per line. */
async function queryPrinter(url: string, args: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const run = async (sql: string): Promise<number> => {
    try {
      const results = await client.query<Record<string, unknown>>(sql);
      for (const result of [results].flat()) {
        if (result.fields.length > 0) console.table(result.rows);
        console.log(`${result.command} ${String(result.rowCount ?? 0)}`);
      }
      return 0;
    } catch (error) {
      console.log(`ERROR: ${(error as Error).message}`);
      return 1;
    }
  };
  try {
    const command = args[args.indexOf("-c") + 1];
    if (args.includes("-c") && command) return await run(command);
    const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: "sql> " });
    console.log("No psql on this machine; type one statement per line, Ctrl-D to leave.");
    terminal.prompt();
    let code = 0;
    for await (const line of terminal) {
      if (line.trim()) code = await run(line);
      terminal.prompt();
    }
    return code;
  } finally {
    await client.end();
  }
}

const [command, ...rest] = process.argv.slice(2);
try {
  process.exit(await main(command, rest));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
