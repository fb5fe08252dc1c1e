import path from "node:path";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { until, waitForRest } from "./at-rest.ts";
import { findFreePort, startApp, type AppProcesses } from "./app-processes.ts";
import type { OwnPostgres } from "./own-postgres.ts";
import { createToldLog, type ToldLog } from "./told-log.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const JOB_WITHIN_MS = 120_000;
const ACTS_A_SECOND = 25;
/** A machine on which processes take long to come back does not make the store, and with it the story, long. */
const MOST_ACTS = 150;

/** A store that lives, in this process, and the app in processes and a database of its own: what breaks here, broke here. */
export type LivingShop = {
  simulator: Simulator;
  shop: string;
  /** The web process, like `http://127.0.0.1:41234`. */
  appUrl: string;
  database: Database;
  postgres: OwnPostgres;
  app: AppProcesses;
  told: ToldLog;
  /** Lets the store live with these faults while something happens; the last delivery and its retries are through then. */
  live(faults: readonly FaultRequest[], meanwhile: () => Promise<unknown>): Promise<void>;
  /** Starts a job and waits for its end. @throws unless it completed */
  runJob(jobType: JobType): Promise<void>;
  /** Lets all that waits in cache, news and fetches come to rest. */
  rest(): Promise<void>;
  close(): Promise<void>;
};

/**
 * @param postgres where its database is made
 * @param seed of the store and of how it lives
 * @param orders how many the store has before it lives; they are in the ERP when this returns
 */
export async function startLivingShop(
  postgres: OwnPostgres,
  { seed, orders = 40 }: { seed: number; orders?: number },
): Promise<LivingShop> {
  const database = await postgres.newDatabase();
  const port = await findFreePort();
  const appUrl = `http://127.0.0.1:${String(port)}`;
  const told = createToldLog();
  let actsLeft = 0;
  const { simulator, shop } = await installInSimulatedShop(database, {
    ...{ orders, seed, appUrl },
    webhookPaths: readAppSubscriptions(path.join(CHECKOUT, "shopify.app.toml")),
    // Tries follow each other within seconds instead of hours: longer than a process takes to come back.
    webhookRetryWaitsMs: [100, 300, 700, 1500, 3000, 5000, 8000, 10_000],
    // Asking is not what is tested here: a shop of the largest plan.
    ...{ bucketSize: 20_000, restoreRate: 5_000 },
    tell(happenings) {
      told.note(happenings);
      if (--actsLeft === 0) simulator.stopLive();
    },
  });
  const app = await startApp({
    DATABASE_URL: database.url,
    SIMULATOR_URL: simulator.url,
    SHOPIFY_API_KEY: simulator.apiKey,
    SHOPIFY_API_SECRET: simulator.apiSecret,
    SHOPIFY_APP_URL: appUrl,
    PORT: String(port),
  }).catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  const living: LivingShop = {
    ...{ simulator, shop, appUrl, database, postgres, app, told },
    async live(faults, meanwhile) {
      for (const fault of faults) simulator.faults.add(fault);
      actsLeft = MOST_ACTS;
      simulator.live(ACTS_A_SECOND, seed);
      try {
        await meanwhile();
      } finally {
        simulator.stopLive();
        simulator.faults.clear();
      }
      await simulator.webhooks.idle();
    },
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
    rest: () => waitForRest(database, shop),
    async close() {
      simulator.stopLive();
      await app.close();
      await simulator.close();
    },
  };
  try {
    for (const jobType of ["products", "customers", "orders"] as const) await living.runJob(jobType);
    return living;
  } catch (error) {
    await living.close();
    throw error;
  }
}
