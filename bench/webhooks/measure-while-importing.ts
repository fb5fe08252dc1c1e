import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#app/lib/db.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { checkAnswers, compare, RoadFailed } from "./check-run.ts";
import type { Generator } from "./start-generator.ts";
import type { BenchShop } from "./start-shop.ts";

export type ImportingFigures = {
  deliveries: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** How long deliveries came, and whether the import was over before the time was. */
  seconds: number;
  imported: boolean;
};

const CONCURRENCY = 10;

/**
 * Deliveries for a shop whose full dump of orders is being stored and processed: from the moment its file has come until
 * the job ends, at most `seconds`. They are about the newest of the orders that are imported.
 * @throws RoadFailed when one was not answered 200 or is not in the tables afterwards, or the import failed.
 */
export async function measureWhileImporting(
  database: Database,
  generator: Generator,
  { shop, webUrl, seconds, say }: BenchShop & { seconds: number; say: (text: string) => void },
): Promise<ImportingFigures> {
  const { pool } = database;
  const before = await countDeliveries(database, shop);
  const job = await startJob(
    { database, now: () => new Date() },
    { shop, jobType: "orders", requestedBy: "bench" },
  );
  const look = async () => {
    const { rows } = await pool.query<{ phase: string | null }>(
      `SELECT checkpoint->>'phase' AS phase FROM "SyncJob" WHERE shop = $1 AND id = $2`,
      [shop, job.id],
    );
    const now = await loadJob(pool, { shop, id: job.id });
    if (!now || ["failed", "cancelled", "paused"].includes(now.status))
      throw new RoadFailed(`The import ended as ${now?.status ?? "nothing"}: ${now?.errorMessage ?? ""}`);
    return { phase: rows[0]?.phase, completed: now.status === "completed", step: now.step };
  };
  for (let { phase, completed } = await look(); phase !== "ingest" && phase !== "process";) {
    if (completed)
      throw new RoadFailed("The import was over before it could be watched: give it more --orders");
    await sleep(20);
    ({ phase, completed } = await look());
  }
  say("the dump's file has come: deliveries begin");

  const started = performance.now();
  const running = generator.run({ url: webUrl, concurrency: CONCURRENCY, seconds, warmUpSeconds: 0 });
  const ended = running.then(() => true);
  let imported = false;
  while (!(await Promise.race([ended, sleep(100, false)]))) {
    imported = (await look()).completed;
    if (imported) generator.cutShort();
  }
  const run = await running;
  const lasted = (performance.now() - started) / 1000;
  checkAnswers("while importing", run);
  if (run.ranOut) say("every delivery that was prepared was taken before the time was over");
  compare("while importing: rows of deliveries", (await countDeliveries(database, shop)) - before, run.sent);
  const { perSecond, p50Ms, p99Ms } = run;
  return { deliveries: run.sent, perSecond, p50Ms, p99Ms, seconds: lasted, imported };
}

async function countDeliveries({ pool }: Database, shop: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) FROM "WebhookDelivery" WHERE shop = $1 AND topic LIKE 'orders/%'`,
    [shop],
  );
  return rows[0]?.count ?? 0;
}
