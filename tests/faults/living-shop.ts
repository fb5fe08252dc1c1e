import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const JOB_WITHIN_MS = 120_000;
const QUIET_WITHIN_MS = 180_000;

/** A store that lives, in this process, and the app as it runs in production: processes of their own that can be killed. */
export type LivingShop = {
  simulator: Simulator;
  shop: string;
  database: Database;
  /** Those it began with: the web process, then the workers. */
  readonly children: readonly Child[];
  startWeb(): Promise<Child>;
  startWorker(): Promise<Child>;
  /** Starts a job and waits for its end. @throws unless it completed */
  runJob(jobType: JobType): Promise<void>;
  /**
   * Lets everything come to rest: deliveries and their retries, then the look-back for what no webhook brought, then all that
   * waits in cache, news and fetches. Where deliveries were lost for good, the dumps too: deletions are in no look-back.
   */
  settle(options?: { isLost?: boolean }): Promise<void>;
  /** What the processes wrote; for a test that must say why it failed. */
  output(): string;
  close(): Promise<void>;
};

/**
 * @param orders how many the store has before it lives; they are in the ERP when this returns
 * @param workers how many worker processes run
 */
export async function startLivingShop(
  database: Database,
  { orders = 60, seed = 1, workers = 1 }: { orders?: number; seed?: number; workers?: number } = {},
): Promise<LivingShop> {
  await ensureBuild();
  const port = await findFreePort();
  const { simulator, shop } = await installInSimulatedShop(database, {
    ...{ orders, seed, appUrl: `http://127.0.0.1:${String(port)}` },
    webhookPaths: readAppSubscriptions(path.join(CHECKOUT, "shopify.app.toml")),
    // Tries follow each other within seconds instead of hours: longer than a process takes to come back.
    webhookRetryWaitsMs: [100, 300, 700, 1500, 3000, 5000, 8000, 10_000],
    // Asking is not what is tested here: a shop of the largest plan.
    ...{ bucketSize: 20_000, restoreRate: 5_000 },
  });
  const children: Child[] = [];
  const lines: string[] = [];
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATABASE_URL: database.url,
    SIMULATOR_URL: simulator.url,
    SHOPIFY_API_KEY: simulator.apiKey,
    SHOPIFY_API_SECRET: simulator.apiSecret,
    SHOPIFY_APP_URL: `http://127.0.0.1:${String(port)}`,
    PORT: String(port),
    LOG_LEVEL: "info",
  };
  const start = async (name: string, entry: string, ready: RegExp) => {
    const child = await startChild({
      ...{ name, ready, env, cwd: CHECKOUT, args: ["--import", "./simulator/preload.mjs", entry] },
      onLine: (line) => {
        if (lines.push(`${name}: ${line}`) > 500) lines.shift();
      },
    });
    children.push(child);
    return child;
  };
  const living: LivingShop = {
    ...{ simulator, shop, database, children },
    startWeb: () => start("web", "app/server.ts", /web process listening/),
    startWorker: () => start("worker", "app/worker.ts", /the worker is ready/),
    async runJob(jobType) {
      const context = { database, now: () => new Date() };
      const { id } = await startJob(context, { shop, jobType, requestedBy: "test" });
      const job = await until(
        () => loadJob(database.pool, { shop, id }),
        (seen) => seen?.status === "completed" || seen?.status === "failed",
        JOB_WITHIN_MS,
      );
      if (job?.status !== "completed") throw new Error(`${jobType} failed: ${job?.step ?? ""}`);
    },
    async settle({ isLost = false } = {}) {
      simulator.stopLive();
      await simulator.webhooks.idle();
      await living.runJob("look-back");
      if (isLost)
        for (const jobType of ["products", "customers", "orders"] as const) await living.runJob(jobType);
      await until(
        () => countWaiting(database, shop),
        (waiting) => Object.keys(waiting).length === 0,
        QUIET_WITHIN_MS,
      );
    },
    output: () => lines.join("\n"),
    async close() {
      simulator.stopLive();
      for (const child of children) await child.kill();
      await simulator.close();
    },
  };
  try {
    await living.startWeb();
    for (let i = 0; i < workers; i++) await living.startWorker();
    for (const jobType of ["products", "customers", "orders"] as const) await living.runJob(jobType);
    return living;
  } catch (error) {
    await living.close();
    throw error;
  }
}

/** What is not done yet, by table; empty when everything is. */
async function countWaiting({ pool }: Database, shop: string): Promise<Record<string, number>> {
  const entries = ["Order", "Product", "Customer", "Inventory"].flatMap((kind) => [
    `select '${kind} pending', count(*) from "Shopify${kind}Cache" where shop = $1 and "processedAt" is null`,
    `select '${kind} to be fetched', count(*) from "Shopify${kind}Cache" where shop = $1 and "needsFetch" is not null and "deletedAt" is null`,
  ]);
  const { rows } = await pool.query<{ what: string; count: number }>(
    `select * from (${[
      ...entries,
      `select 'requests', count(*) from "ShopifyFetchRequest" where shop = $1`,
      `select 'news', count(*) from "WebhookDelivery" where shop = $1 and outcome = 'news' and "processedAt" is null`,
    ].join(" union all ")}) as waiting (what, count) where count > 0`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Looks again and again until it is as wanted; a look that fails (the database is just away) counts for nothing. */
async function until<T>(look: () => Promise<T>, isDone: (seen: T) => boolean, withinMs: number): Promise<T> {
  let last: unknown;
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    try {
      const seen = await look();
      if (isDone(seen)) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await sleep(150);
  }
  throw new Error(
    `Not within ${String(withinMs)} ms; at last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}
