/**
 * `npm run dev`: database, web process with hot reload, and worker, until one of them ends or Ctrl-C.
 * `shopify app dev` runs this too (shopify.web.toml) and hands over the app's key, secret and tunnel.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";

import { migrate } from "./migrate.ts";
import { ensurePostgres } from "./postgres.ts";
import { endInWords } from "./read-or-end.ts";
import { WORKER_FLAGS } from "./worker-flags.ts";

const CHECKOUT = path.dirname(import.meta.dirname);

const postgres = await ensurePostgres().catch(endInWords);
await migrate(postgres.url).catch(endInWords);

// The command line tells the tunnel's address as APP_URL and as HOST, which others take for a name to listen on.
const { HOST, APP_URL, ...inherited } = process.env;
const env: NodeJS.ProcessEnv = { ...inherited, NODE_ENV: "development", DATABASE_URL: postgres.url };
const appUrl = inherited.SHOPIFY_APP_URL ?? APP_URL ?? HOST;
if (appUrl !== undefined) env.SHOPIFY_APP_URL = appUrl;

const start = (args: string[]): ChildProcess =>
  spawn(process.execPath, args, { cwd: CHECKOUT, env, stdio: "inherit" });
const remix = createRequire(import.meta.url).resolve("@remix-run/dev/dist/cli.js");
const children = [
  start([remix, "vite:dev"]),
  start([...WORKER_FLAGS, "--watch", "--watch-preserve-output", "app/worker.ts"]),
];

const wish = Promise.withResolvers<null>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    wish.resolve(null);
  });
}
const ended = children.map((child) => once(child, "exit"));
const first = await Promise.race([wish.promise, ...ended]);

for (const child of children) child.kill("SIGTERM");
await Promise.all(ended);
await postgres.stop();
process.exit(first === null ? 0 : 1);
