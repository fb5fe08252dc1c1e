import type { Pool } from "pg";
import { DEVELOPMENT_APP } from "#simulator/simulator-defaults.ts";
import { median } from "../statistics.ts";
import { checkAnswers, checkTables, compare } from "./check-run.ts";
import type { RunFigures } from "./load-messages.ts";
import type { Generator } from "./start-generator.ts";
import { receiverNames, startReceivers, type ReceiverName } from "./start-receivers.ts";

export const concurrencies = [1, 10, 50] as const;
export type Concurrency = (typeof concurrencies)[number];

export type Throughput = { perSecond: number; p50Ms: number; p99Ms: number };
export type ThroughputFigures = {
  by: Record<ReceiverName, Record<Concurrency, Throughput>>;
  /** The largest share of a processor the load generator took, and the bodies' average size. */
  generatorCpuShare: number;
  averageBytes: number;
};

/** Prepared for each second of a run: enough for 2,000 deliveries, as half of them are updates. */
const ORDERS_PER_SECOND = 1000;

/**
 * Deliveries as fast as they are answered, to each receiver in turn (so that noise of the machine hits them alike), each
 * time on empty tables. Medians of `repeat` rounds.
 * @throws RoadFailed when a delivery was not answered 200 or is not in the tables afterwards.
 */
export async function measureThroughput(
  pool: Pool,
  databaseUrl: string,
  generator: Generator,
  options: { seconds: number; repeat: number; seed: number; say: (text: string) => void },
): Promise<ThroughputFigures> {
  const { seconds, repeat, seed, say } = options;
  const warmUpSeconds = Math.min(1, seconds / 4);
  const orders = Math.ceil((seconds + warmUpSeconds) * ORDERS_PER_SECOND);
  say(`rendering ${orders.toLocaleString("en")} orders`);
  const { averageBytes } = await generator.prepare({
    ...{ orders, seed, skip: 0, count: orders },
    ...{ shop: "bench.myshopify.com", secret: DEVELOPMENT_APP.apiSecret },
  });
  await pool.query(
    `CREATE TABLE "BenchFloor" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL)`,
  );
  const receivers = await startReceivers(databaseUrl);
  const runs = new Map<string, RunFigures[]>();
  const measure = async (
    name: ReceiverName,
    concurrency: number,
    time: { seconds: number; warmUpSeconds: number },
  ) => {
    await emptyTables(pool);
    const run = await generator.run({ url: receivers.urls[name], concurrency, ...time });
    checkAnswers(name, run);
    if (name === "floor") compare(`${name}: rows`, await countRows(pool), run.sent);
    else await checkTables(pool, name, run);
    return run;
  };
  try {
    // The first seconds of a process are spent on compiling it.
    for (const name of receiverNames) await measure(name, 10, { seconds: warmUpSeconds, warmUpSeconds });
    for (const concurrency of concurrencies)
      for (let round = 1; round <= repeat; round++) {
        const rates: string[] = [];
        for (const name of receiverNames) {
          const run = await measure(name, concurrency, { seconds, warmUpSeconds });
          if (run.ranOut) say(`${name} took every delivery that was prepared before the time was over`);
          const key = `${name} ${String(concurrency)}`;
          runs.set(key, [...(runs.get(key) ?? []), run]);
          rates.push(`${name} ${run.perSecond.toFixed(0)}/s`);
        }
        say(`${String(concurrency)} at once, round ${String(round)}: ${rates.join(", ")}`);
      }
  } finally {
    await receivers.stop();
  }
  const figuresOf = (name: ReceiverName, concurrency: number): Throughput => {
    const own = runs.get(`${name} ${String(concurrency)}`) ?? [];
    return {
      perSecond: median(own.map((run) => run.perSecond)),
      p50Ms: median(own.map((run) => run.p50Ms)),
      p99Ms: median(own.map((run) => run.p99Ms)),
    };
  };
  const byConcurrency = (name: ReceiverName) => ({
    1: figuresOf(name, 1),
    10: figuresOf(name, 10),
    50: figuresOf(name, 50),
  });
  return {
    by: { ours: byConcurrency("ours"), bare: byConcurrency("bare"), floor: byConcurrency("floor") },
    generatorCpuShare: Math.max(...[...runs.values()].flat().map((run) => run.cpuShare)),
    averageBytes,
  };
}

/** Every table but the list of migrations. */
async function emptyTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ tables: string }>(
    `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await pool.query(`TRUNCATE ${rows[0]?.tables ?? ""}`);
  await pool.query("CHECKPOINT");
}

async function countRows(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*) FROM "BenchFloor"`);
  return rows[0]?.count ?? 0;
}
