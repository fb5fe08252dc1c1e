/**
 * `npm run screenshots [-- --out DIR] [--orders N]`: every page of the app as PNG, at desktop and phone width, with a store's records and in
 * a store that has none. A database and a store of their own; nothing of a running demo is touched.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { appPages, findPageIds, type AppPage } from "./app-pages.ts";
import { ensureBrowser } from "./find-browser.ts";
import { runAndFollow } from "./follow-job.ts";
import { installApp } from "./install-app.ts";
import { launchBrowser } from "./launch-browser.ts";
import { makeFailures } from "./make-failures.ts";
import { openPage, VIEWPORTS, type ViewportName } from "./open-page.ts";
import { createThrowawayDatabase } from "./throwaway-database.ts";
import { ensurePostgres } from "./postgres.ts";
import { endInWords, readOrEnd } from "./read-or-end.ts";
import { startStack, type Stack } from "./start-stack.ts";

const USAGE = `Usage: npm run screenshots -- [--out screenshots] [--orders 300] [--seed 7]

Every page of the app as PNG, into the folder --out`;
const { values } = readOrEnd(USAGE, () =>
  parseArgs({
    options: {
      out: { type: "string", default: "screenshots" },
      orders: { type: "string", default: "300" },
      seed: { type: "string", default: "7" },
      help: { type: "boolean", short: "h" },
    },
  }),
);
const say = (text: string) => process.stderr.write(`${text}\n`);

const postgres = await ensurePostgres().catch(endInWords);
await ensureBrowser();
const browser = await launchBrowser();
try {
  for (const [what, orders] of [
    ["with-records", Number(values.orders)],
    ["empty", 0],
  ] as const)
    await inAStore(orders, (stack, database) =>
      takeAll(browser, stack, database, path.resolve(values.out, what)),
    );
  say(`The screenshots are in ${path.resolve(values.out)}`);
} finally {
  await browser.close();
  await postgres.stop();
}

async function inAStore(
  orders: number,
  work: (stack: Stack, database: Database) => Promise<void>,
): Promise<void> {
  const { url, drop } = await createThrowawayDatabase(postgres.url);
  const database = openDatabase(url, { poolSize: 4, applicationName: "screenshots" });
  try {
    const stack = await startStack({
      databaseUrl: url,
      orders: Math.max(1, orders),
      seed: Number(values.seed),
    });
    try {
      await installApp(stack);
      if (orders > 0) await fill(stack, database);
      await work(stack, database);
    } finally {
      await stack.stop();
    }
  } finally {
    await database.close();
    await drop();
  }
}

async function fill(stack: Stack, database: Database): Promise<void> {
  say(`a store of ${values.orders} orders is synced`);
  for (const jobType of ["products", "customers", "orders", "inventory"] as const)
    await runAndFollow(database, {
      ...{ shop: stack.domain, jobType, say: () => undefined, signal: AbortSignal.timeout(120_000) },
    });
  await makeFailures(database.pool, { shop: stack.domain });
}

async function takeAll(browser: Browser, stack: Stack, { pool }: Database, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const pages = appPages(await findPageIds(pool, { shop: stack.domain }));
  for (const width of ["desktop", "phone"] as const)
    for (const page of pages) await take(browser, stack, page, width, folder);
}

/** The app's frame is made as high as its page: what is below the fold is in the picture too. */
async function take(
  browser: Browser,
  stack: Stack,
  target: AppPage,
  width: ViewportName,
  folder: string,
): Promise<void> {
  const viewport = VIEWPORTS[width];
  const context = await browser.newContext({ viewport });
  try {
    const { page, frame } = await openPage(context, stack, target);
    const height = await frame.evaluate(() => document.documentElement.scrollHeight);
    const around = viewport.height - (await frame.evaluate(() => window.innerHeight));
    await page.setViewportSize({
      width: viewport.width,
      height: Math.max(viewport.height, Math.min(height + around, 6000)),
    });
    await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const file = path.join(folder, `${target.name}-${width}.png`);
    await page.screenshot({ path: file });
    say(file);
  } catch (error) {
    say(`${target.name}, ${width}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await context.close();
  }
}
