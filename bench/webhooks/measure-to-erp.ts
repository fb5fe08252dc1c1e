import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { percentile } from "../statistics.ts";
import { checkAnswers, RoadFailed } from "./check-run.ts";
import { UPDATED_NOTE } from "./make-deliveries.ts";
import type { Generator } from "./start-generator.ts";
import type { BenchShop } from "./start-shop.ts";

export type ToErpFigures = { deliveries: number; p50Ms: number; p99Ms: number };

const PER_SECOND = 50;
const LOOK_MS = 20;
/** What was processed before and is seen only now: a transaction takes shorter than this. */
const LOOK_BACK_MS = 10_000;
const PATIENCE_MS = 60_000;

/**
 * 50 deliveries a second, and how long after its answer the content of each is to be seen in the ERP's order (committed,
 * by a second connection that looks every 20 ms, so up to 20 ms are the look's own). An update that comes before its
 * order was processed counts for both.
 * @throws RoadFailed when one was not answered 200, or an order is not in the ERP with its newest content.
 */
export async function measureToErp(
  pool: Pool,
  generator: Generator,
  { shop, webUrl, seconds }: BenchShop & { seconds: number },
): Promise<ToErpFigures> {
  const seen = new Map<string, { created: number; updated?: number }>();
  const look = async (since: Date) => {
    const { rows } = await pool.query<{ id: string; updated: boolean }>(
      `SELECT "shopifyOrderId" AS id, note IS NOT DISTINCT FROM $2 AS updated FROM "Order" WHERE shop = $1 AND "updatedAt" >= $3`,
      [shop, UPDATED_NOTE, since],
    );
    const at = Date.now();
    for (const { id, updated } of rows) {
      const times = seen.get(id) ?? { created: at };
      if (updated) times.updated ??= at;
      seen.set(id, times);
    }
  };
  const ended = new AbortController();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await look(new Date(Date.now() - LOOK_BACK_MS));
      await sleep(LOOK_MS);
    }
  })();

  try {
    const run = await generator.run(
      { url: webUrl, concurrency: Infinity, seconds, warmUpSeconds: 0, perSecond: PER_SECOND },
      { keepAnswers: true },
    );
    checkAnswers("to the ERP", run);
    const waitOf = ({ orderId, updated, at }: (typeof run.answers)[number]) => {
      const times = seen.get(orderId);
      const arrived = updated ? times?.updated : times?.created;
      return arrived === undefined ? undefined : Math.max(0, arrived - at);
    };
    const missing = () => run.answers.filter((answer) => waitOf(answer) === undefined).length;
    for (const patience = Date.now() + PATIENCE_MS; missing() > 0 && Date.now() < patience;) await sleep(50);
    if (missing() > 0)
      throw new RoadFailed(
        `${String(missing())} of ${String(run.sent)} deliveries are not in the ERP a minute after the last`,
      );
    const waits = run.answers.map((answer) => waitOf(answer) ?? NaN);
    return { deliveries: run.sent, p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99) };
  } finally {
    ended.abort();
    await looking;
  }
}
