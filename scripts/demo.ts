/**
 * `npm run demo`: database, simulated store, web process and worker; installs the app in the store, syncs
 * products, customers and orders, prints what arrived, and stays up. Options: `npm run demo -- --help`.
 */
import { openDatabase } from "#app/lib/db.server.ts";
import { beginStoreAnew, removeEarlierStores } from "./begin-store-anew.ts";
import { DEMO_USAGE, parseDemoArguments, type DemoArguments } from "./demo-arguments.ts";
import { takeDemoLock } from "./demo-lock.ts";
import { formatSummary, isExact, summarise, type DemoSummary, type StoreSummary } from "./demo-summary.ts";
import { loadFailingLines } from "./failing-lines.ts";
import { runAndFollow } from "./follow-job.ts";
import { installApp } from "./install-app.ts";
import { migrate } from "./migrate.ts";
import { ensurePostgres } from "./postgres.ts";
import { readOrEnd } from "./read-or-end.ts";
import { startStack, type Stack } from "./start-stack.ts";
import { CommandRefusal } from "./sync/command-refusal.ts";
import { sayError } from "./sync/say-error.ts";

const DEFAULT_ORDERS = 1_000;

type Say = (text: string) => void;

/** Things to close in reverse order, whenever the end comes. */
const closing: (() => Promise<void>)[] = [];
const interrupted = new AbortController();

async function main(args: DemoArguments, say: Say): Promise<number> {
  const summary = await syncEverything(args, say);
  if (args.once) return isExact(summary) ? 0 : 1;
  say("Ctrl-C stops everything.");
  await new Promise<void>((resolve) => {
    interrupted.signal.addEventListener("abort", () => {
      resolve();
    });
  });
  return 0;
}

async function syncEverything(args: DemoArguments, say: Say): Promise<DemoSummary> {
  say("Starting PostgreSQL");
  const postgres = await ensurePostgres();
  closing.push(postgres.stop);
  const letGo = await takeDemoLock(postgres.url);
  if (letGo === null)
    throw new CommandRefusal(
      "A demo is running already, on the same database.",
      "Stop it first: Ctrl-C where it was started.",
    );
  closing.push(letGo);
  await migrate(postgres.url);
  interrupted.signal.throwIfAborted();

  const database = openDatabase(postgres.url, { poolSize: 2, applicationName: "demo" });
  closing.push(() => database.close());
  say("Starting the simulated store, the web process and the worker (the first time builds the app)");
  const stack = await startStack({
    databaseUrl: postgres.url,
    orders: args.orders ?? (args.dataFile === undefined ? DEFAULT_ORDERS : undefined),
    seed: args.seed,
    dataFile: args.dataFile,
    // A worker that is up already would go on with what is being removed.
    beforeApp: async (domain) => {
      if (await beginStoreAnew(database.pool, domain))
        say(`${domain} begins anew: what its last life left in the database is removed`);
      // In a database of their own others may mean to keep several.
      const earlier = postgres.isEmbedded ? await removeEarlierStores(database.pool, { keep: domain }) : [];
      if (earlier.length > 0) say(`Removed from the database: ${earlier.join(", ")}, of earlier demos`);
    },
    onLine: (name, line) => {
      const problem = readProblem(line);
      if (problem !== undefined) say(`${name}: ${problem}`);
    },
  });
  closing.push(stack.stop);
  interrupted.signal.throwIfAborted();

  say(`Installing the app in ${stack.domain}`);
  await installApp(stack);
  const begin = Date.now();
  let orderSeconds = 0;
  for (const jobType of ["products", "customers", "orders"] as const) {
    const start = Date.now();
    await runAndFollow(database, { shop: stack.domain, jobType, say, signal: interrupted.signal });
    orderSeconds = (Date.now() - start) / 1000;
  }
  const seconds = (Date.now() - begin) / 1000;
  const store = await loadStoreSummary(stack);
  const summary = await summarise(database.pool, { store, seconds, orderSeconds });
  say(`\n${formatSummary(summary, stack.domain)}\n`);
  for (const line of await loadFailingLines(database.pool, stack.domain)) say(line);
  if (!args.once) {
    if (args.live > 0) await startLife(stack, args.live, say);
    say(
      `API ${stack.webUrl}/api (described at ${stack.webUrl}/api/openapi.json; docs/api.md: how to call it)`,
    );
    say(`Open ${stack.adminUrl}`);
  }
  if (args.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary;
}

async function loadStoreSummary({ simulatorUrl }: Pick<Stack, "simulatorUrl">): Promise<StoreSummary> {
  const response = await fetch(`${simulatorUrl}/control/summary`);
  if (!response.ok)
    throw new Error(`The simulated store does not tell its figures: HTTP ${String(response.status)}`);
  return (await response.json()) as StoreSummary;
}

/** From now on things happen in the store, and webhooks tell of them. */
async function startLife(
  { simulatorUrl }: Pick<Stack, "simulatorUrl">,
  perSecond: number,
  say: Say,
): Promise<void> {
  const response = await fetch(`${simulatorUrl}/control/live`, {
    method: "POST",
    body: JSON.stringify({ perSecond }),
  });
  const things = perSecond === 1 ? "1 thing a second happens" : `${String(perSecond)} things a second happen`;
  if (response.ok) say(`The store lives: about ${things} in it.`);
  else say(`The store stands still: ${await response.text()}`);
}

/** Web and worker write JSON lines; only what went wrong is worth a person's eyes here. */
function readProblem(line: string): string | undefined {
  if (!line.startsWith("{")) return /error/i.test(line) ? line : undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: string;
      msg?: string;
      err?: { message?: string };
    };
    if (level !== "error" && level !== "fatal") return undefined;
    return [msg, err?.message].filter(Boolean).join(": ");
  } catch {
    return undefined;
  }
}

async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) {
    await close().catch((error: unknown) => {
      process.stderr.write(`${describe(error)}\n`);
    });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const args: DemoArguments = readOrEnd(DEMO_USAGE, () => parseDemoArguments(process.argv.slice(2)));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The second time, at once: whatever ends this process ends its children too.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort(new Error("Interrupted."));
  });
}

const stream = args.json ? process.stderr : process.stdout;
try {
  process.exitCode = await main(args, (text) => stream.write(`${text}\n`));
} catch (error) {
  const refused = error instanceof CommandRefusal;
  if (refused) sayError(error.message, error.next);
  else process.stderr.write(`${interrupted.signal.aborted ? "Interrupted." : describe(error)}\n`);
  process.exitCode = interrupted.signal.aborted ? 130 : refused ? 2 : 1;
}
await closeAll();
