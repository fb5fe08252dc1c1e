import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "#app/lib/db.server.ts";
import { migrate } from "../../scripts/migrate.ts";
import { ensurePostgres } from "../../scripts/postgres.ts";
import { WORKER_FLAGS } from "../../scripts/worker-flags.ts";
import { measureCacheLimit, measureErpLimit } from "./measure-limits.ts";
import { measureNaive } from "./measure-naive.ts";
import { prefill } from "./prefill.ts";
import { prepareData, type BenchData } from "./prepare-data.ts";

export type DumpBenchOptions = {
  orders: number;
  prefill: number;
  repeat: number;
  seed: number;
  json: boolean;
};

/** What the process of our own road measured of itself (our-road.ts prints it). */
export type RoadFigures = {
  cacheSeconds: number;
  erpSeconds: number;
  cpuSeconds: number;
  peakRssMb: number;
  processed: number;
  failed: number;
  unchangedEntries: number;
};

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const round = (value: number, digits = 2) => Number(value.toFixed(digits));

/** The dump bench: limits, naive road, our road and an unchanged second dump, on one database of its own. */
export async function runDumpBench(options: DumpBenchOptions): Promise<void> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const server = await ensurePostgres();
  const name = `bench_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const url = new URL(server.url);
  await run(server.url, `CREATE DATABASE "${name}"`);
  url.pathname = `/${name}`;
  const workDir = await mkdtemp(join(tmpdir(), "erp-sync-bench-"));
  try {
    await migrate(url.href);
    const database = openDatabase(url.href, { poolSize: 6, applicationName: "bench" });
    try {
      const data = await prepareData(database.pool, options, say);
      if (options.prefill > 0) {
        say(`prefilling ${options.prefill.toLocaleString("en")} orders of another shop`);
        await prefill(database.pool, options.prefill);
      }
      const figures = {
        cacheLimit: [] as number[],
        erpLimit: [] as number[],
        naive: [] as number[],
        ours: [] as RoadFigures[],
      };
      const unchanged: { seconds: number; erpWrites: number }[] = [];
      for (let i = 1; i <= options.repeat; i++) {
        const shop = `bench-${String(i)}.myshopify.com`;
        await data.makeShop(shop);
        await database.pool.query("CHECKPOINT");
        const ours = await runOurRoad(url.href, shop, data, workDir);
        if (ours.processed !== options.orders || ours.failed > 0)
          throw new Error(
            `our road processed ${String(ours.processed)} orders and failed ${String(ours.failed)}`,
          );
        figures.ours.push(ours);
        const writesBefore = await countErpWrites(database.pool);
        const again = await runOurRoad(url.href, shop, data, workDir);
        unchanged.push({
          seconds: again.cacheSeconds + again.erpSeconds,
          erpWrites: (await countErpWrites(database.pool)) - writesBefore,
        });
        if (again.unchangedEntries !== options.orders)
          throw new Error(`the second dump found ${String(again.unchangedEntries)} unchanged orders`);
        figures.cacheLimit.push(
          await measureCacheLimit(database.pool, {
            from: shop,
            to: `limit-${String(i)}.myshopify.com`,
            workDir,
          }),
        );
        figures.erpLimit.push(
          await measureErpLimit(database.pool, {
            from: shop,
            to: `limit-${String(i)}.myshopify.com`,
            workDir,
          }),
        );
        const naiveShop = `naive-${String(i)}.myshopify.com`;
        await data.makeShop(naiveShop);
        figures.naive.push(
          await measureNaive(database, {
            shop: naiveShop,
            path: data.path,
            orders: Math.min(500, options.orders),
          }),
        );
        say(
          `run ${String(i)}: cache ${ours.cacheSeconds.toFixed(2)} s, ERP ${ours.erpSeconds.toFixed(2)} s, peak ${String(Math.round(ours.peakRssMb))} MB; limits ${(figures.cacheLimit.at(-1) ?? 0).toFixed(2)} s and ${(figures.erpLimit.at(-1) ?? 0).toFixed(2)} s; naive ${Math.round(figures.naive.at(-1) ?? 0).toString()} orders/s`,
        );
      }
      report(options, figures, unchanged);
    } finally {
      await database.close();
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
    await run(server.url, `DROP DATABASE "${name}" WITH (FORCE)`);
    await server.stop();
  }
}

function report(
  options: DumpBenchOptions,
  figures: { cacheLimit: number[]; erpLimit: number[]; naive: number[]; ours: RoadFigures[] },
  again: { seconds: number; erpWrites: number }[],
): void {
  const cacheSeconds = median(figures.ours.map((run) => run.cacheSeconds));
  const erpSeconds = median(figures.ours.map((run) => run.erpSeconds));
  const limit = { cacheSeconds: median(figures.cacheLimit), erpSeconds: median(figures.erpLimit) };
  const ordersPerSecond = options.orders / (cacheSeconds + erpSeconds);
  const naiveOrdersPerSecond = median(figures.naive);
  const result = {
    orders: options.orders,
    prefill: options.prefill,
    limit: { cacheSeconds: round(limit.cacheSeconds), erpSeconds: round(limit.erpSeconds) },
    naiveOrdersPerSecond: round(naiveOrdersPerSecond, 1),
    ours: {
      cacheSeconds: round(cacheSeconds),
      erpSeconds: round(erpSeconds),
      ordersPerSecond: Math.round(ordersPerSecond),
      cpuSeconds: round(median(figures.ours.map((run) => run.cpuSeconds))),
      peakRssMb: Math.round(Math.max(...figures.ours.map((run) => run.peakRssMb))),
    },
    unchanged: {
      seconds: round(median(again.map((run) => run.seconds))),
      erpWrites: Math.max(...again.map((run) => run.erpWrites)),
    },
    ratio: {
      ingest: round(limit.cacheSeconds / cacheSeconds),
      process: round(limit.erpSeconds / erpSeconds),
      naive: round(ordersPerSecond / naiveOrdersPerSecond, 1),
    },
  };
  console.log(`
${options.orders.toLocaleString("en")} orders, medians of ${String(options.repeat)}${options.prefill > 0 ? `, beside ${options.prefill.toLocaleString("en")} orders of another shop` : ""}
                      limit      ours   limit ÷ ours
to the cache       ${seconds(limit.cacheSeconds)} ${seconds(cacheSeconds)}   ${result.ratio.ingest.toFixed(2)}
to the ERP         ${seconds(limit.erpSeconds)} ${seconds(erpSeconds)}   ${result.ratio.process.toFixed(2)}
both                          ${seconds(cacheSeconds + erpSeconds)}   ${String(result.ours.ordersPerSecond)} orders/s, ${result.ratio.naive.toFixed(0)} × the naive ${naiveOrdersPerSecond.toFixed(0)}
same dump again               ${seconds(result.unchanged.seconds)}   ${String(result.unchanged.erpWrites)} rows written to the ERP
our process: ${result.ours.cpuSeconds.toFixed(1)} s of CPU, ${String(result.ours.peakRssMb)} MB at its peak`);
  if (options.json) console.log(JSON.stringify(result));
}

const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);

/** Our road in a process of its own, so that its peak memory is its own. */
async function runOurRoad(
  databaseUrl: string,
  shop: string,
  data: BenchData,
  workDir: string,
): Promise<RoadFigures> {
  const child = spawn(
    process.execPath,
    [...WORKER_FLAGS, join(import.meta.dirname, "our-road.ts"), shop, data.path, workDir],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  if (code !== 0) throw new Error(`our road ended with ${String(code)}`);
  return JSON.parse(output) as RoadFigures;
}

/** Rows ever inserted, updated or deleted in the ERP's tables; a process that has ended has reported all of its own. */
async function countErpWrites(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ writes: string }>(
    `SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::text AS writes FROM pg_stat_user_tables
     WHERE relname = ANY($1)`,
    [
      [
        "Order",
        "OrderLine",
        "OrderCharge",
        "OrderPayment",
        "Parcel",
        "ParcelLine",
        "Customer",
        "Product",
        "Sku",
        "ChangeFeed",
      ],
    ],
  );
  return Number(rows[0]?.writes);
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
