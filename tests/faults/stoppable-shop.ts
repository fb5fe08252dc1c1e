import { setTimeout as sleep } from "node:timers/promises";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { JobStatus } from "#app/jobs/sync-job.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import type { Child } from "../../scripts/start-child.ts";
import type { Dump, Moment, StopPlan } from "./draw-stops.ts";
import type { OwnPostgres } from "./own-postgres.ts";
import { createStarter, ORDERLY_END_MS, type LogLine } from "./start-processes.ts";

const BETWEEN_LOOKS_MS = 15;
export const TAKEN_UP = "Going on where it stopped";

type Job = NonNullable<Awaited<ReturnType<typeof loadJob>>>;

/** A shop whose dumps run in real worker processes, which can be watched step by step and struck. */
export type StoppableShop = {
  simulator: Simulator;
  shop: string;
  database: Database;
  start(dump: Dump): Promise<string>;
  look(id: string): Promise<Job>;
  /** @throws Error unless it comes to one of these within `withinMs` */
  until(id: string, statuses: readonly JobStatus[], withinMs: number): Promise<Job>;
  /** Where the job is now, as its worker says; null before its first step. */
  momentOf(id: string): Promise<Moment | null>;
  /** SIGKILL to the worker that has the job; another one stands when this returns. @returns when it fell */
  killHolder(id: string): Promise<number>;
  /** SIGTERM to it. @returns its exit code */
  terminateHolder(id: string): Promise<number | null>;
  /** SIGTERM to all. @returns their exit codes */
  terminateAll(): Promise<(number | null)[]>;
  output(): string;
  close(): Promise<void>;
};

const saidAt: readonly (readonly [RegExp, Moment])[] = [
  [/^Shopify is collecting/, "waiting"],
  [/^Downloading/, "downloading"],
  [/^Storing/, "storing"],
];

export async function startStoppableShop(
  postgres: OwnPostgres,
  { seed, plan }: { seed: number; plan: StopPlan },
): Promise<StoppableShop> {
  const database = await postgres.newDatabase();
  const { simulator, shop } = await installInSimulatedShop(database, {
    ...{ orders: plan.orders, seed, bulkRunDelayMs: plan.bulkRunMs },
    ...{ bucketSize: 20_000, restoreRate: 5_000 },
  });
  simulator.faults.add({ kind: "slow", target: "file", delayMs: plan.fileWaitMs });
  for (const trouble of plan.troubles) simulator.faults.add(trouble);
  const lines: LogLine[] = [];
  const starter = await createStarter(
    {
      DATABASE_URL: database.url,
      SIMULATOR_URL: simulator.url,
      SHOPIFY_API_KEY: simulator.apiKey,
      SHOPIFY_API_SECRET: simulator.apiSecret,
      SHOPIFY_APP_URL: "http://127.0.0.1:1",
    },
    (line) => lines.push(line),
  );
  const workers = new Map<string, Child>();
  let started = 0;
  const addWorker = async () => {
    const name = `worker ${String(++started)}`;
    workers.set(name, await starter.startWorker({ name }));
  };
  const close = async () => {
    await starter.close();
    await simulator.close();
  };
  try {
    await Promise.all(Array.from({ length: plan.workers }, addWorker));
  } catch (error) {
    await close();
    throw error;
  }

  /** What the worker that has the job has said of it. */
  const linesOfHolder = (id: string) => {
    const isFirst = ({ jobId, msg }: LogLine) => jobId === id && (msg === "Started" || msg === TAKEN_UP);
    const since = lines.findLastIndex(isFirst);
    return since < 0 ? [] : lines.slice(since).filter(({ jobId }) => jobId === id);
  };
  const takeHolder = (id: string) => {
    const name = linesOfHolder(id)[0]?.process ?? "nobody";
    const holder = workers.get(name);
    if (!holder) throw new Error(`The job is with ${name}, who does not run`);
    workers.delete(name);
    return holder;
  };
  const look = async (id: string) => {
    const job = await loadJob(database.pool, { shop, id });
    if (!job) throw new Error(`No job ${id}`);
    return job;
  };
  return {
    ...{ simulator, shop, database, look, output: starter.output, close },
    async start(jobType) {
      const request = { shop, jobType, requestedBy: "test" };
      return (await startJob({ database, now: () => new Date() }, request)).id;
    },
    async until(id, statuses, withinMs) {
      const end = Date.now() + withinMs;
      while (Date.now() < end) {
        const { rows } = await database.pool.query<{ status: JobStatus }>(
          `select status from "SyncJob" where shop = $1 and id = $2`,
          [shop, id],
        );
        if (rows[0] && statuses.includes(rows[0].status)) return look(id);
        await sleep(BETWEEN_LOOKS_MS);
      }
      const { status, step, wish } = await look(id);
      throw new Error(
        `Not ${statuses.join(" or ")} within ${String(withinMs)} ms: ${status}, ${String(step)}, wish ${String(wish)}`,
      );
    },
    async momentOf(id) {
      const { rows } = await database.pool.query<{ processing: boolean }>(
        `select checkpoint->>'phase' = 'process' as processing from "SyncJob" where shop = $1 and id = $2`,
        [shop, id],
      );
      if (rows[0]?.processing) return "processing";
      for (const { msg } of linesOfHolder(id).toReversed())
        for (const [words, moment] of saidAt) if (words.test(msg)) return moment;
      return null;
    },
    async killHolder(id) {
      await takeHolder(id).kill();
      const at = Date.now();
      await addWorker();
      return at;
    },
    async terminateHolder(id) {
      const code = await takeHolder(id).stop(ORDERLY_END_MS);
      await addWorker();
      return code;
    },
    terminateAll: () => Promise.all([...workers.values()].map((worker) => worker.stop(ORDERLY_END_MS))),
  };
}
