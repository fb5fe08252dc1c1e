import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { JobContext } from "#app/jobs/job-context.server.ts";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { runJob } from "#app/jobs/run-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import type { SimulatorOptions } from "#simulator/start-simulator.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { installInSimulatedShop } from "./simulated-shop.ts";
import { databaseTest } from "./test-database.ts";

/** The number in a record's gid, as the cache knows it. */
export function numberOf(node: SimNode | undefined): string {
  return String(node?.id.split("/").at(-1));
}

async function aConnectedShop(database: Database, options: SimulatorOptions) {
  const sim = await installInSimulatedShop(database, {
    orders: 30,
    seed: 3,
    restoreRate: 100_000,
    ...options,
  });
  const context = {
    env: sim.env,
    database,
    log: createLog("silent"),
    now: () => new Date(),
    fetch: sim.fetch,
  };
  const client = shopClient(context, { shop: sim.shop, fetch: sim.fetch, maxTries: 1 });
  const { store } = sim.simulator;
  return {
    ...{ ...sim, context, client, store, pool: database.pool },
    scopes: [...(options.scopes ?? DEFAULT_SCOPES)] as readonly string[],
    /** Ids of the first records of a root connection. */
    ids: (collection: string, count: number, from = 0) =>
      Array.from({ length: count }, (_, i) => numberOf(store.collection(collection)?.at(from + i))),
    /** Root fields asked for so far. */
    asked: () => sim.simulator.requests().flatMap(({ operations }) => operations),
  };
}

/** What a job needs of a shop: more a shop connected by these has, or one made in another way. */
type ShopOfJobs = { shop: string; context: Omit<JobContext, "waker" | "workDir"> };

export type ConnectedShop = Awaited<ReturnType<typeof aConnectedShop>>;

/** `connect()` gives a simulated shop with points to spare, the app installed in it, and the app's own client for it. */
export const connectedTest = databaseTest.extend("connect", ({ database }, { onCleanup }) => {
  const running: ConnectedShop[] = [];
  onCleanup(async () => {
    for (const { simulator } of running) await simulator.close();
  });
  return async (options: SimulatorOptions = {}) => {
    const shop = await aConnectedShop(database, options);
    running.push(shop);
    return shop;
  };
});

/** Runs a job as a worker does, to wherever it gets; its row and its log. */
export async function runJobOf(
  { context, shop }: ShopOfJobs,
  jobType: JobType,
  options: Record<string, unknown> = {},
) {
  const { database, now } = context;
  const { id } = await startJob({ database, now }, { shop, jobType, options, requestedBy: "test" });
  return goOnWith({ context, shop }, id);
}

/** As `runJobOf`, for a job that waits; `shutdown` stops its worker. */
export async function goOnWith(
  { context, shop }: ShopOfJobs,
  id: string,
  shutdown = new AbortController().signal,
) {
  const { database } = context;
  const workDir = await mkdtemp(path.join(tmpdir(), "a-job-"));
  try {
    const jobContext = { ...context, waker: createBulkWaker(), workDir };
    await runJob(jobContext, { shop, id, shutdown });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  const job = await loadJob(database.pool, { shop, id });
  if (!job) throw new Error(`no job ${id}`);
  return { ...job, said: job.log.map(({ message }) => message) };
}
