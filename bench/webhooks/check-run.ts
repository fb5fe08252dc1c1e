import type { Pool } from "pg";
import type { RunFigures } from "./load-messages.ts";
import { UPDATED_NOTE } from "./make-deliveries.ts";

/** A delivery was lost or refused, or what ran beside it failed: the figures of the run mean nothing. */
export class RoadFailed extends Error {}

/** @throws RoadFailed unless every answer was 200. */
export function checkAnswers(name: string, { refused, sent }: RunFigures): void {
  if (refused.length === 0) return;
  const kinds = [...new Set(refused)].join(", ");
  throw new RoadFailed(
    `${name}: ${String(refused.length)} of ${String(sent)} deliveries were answered ${kinds}`,
  );
}

/** @throws RoadFailed unless the tables, empty before the run, hold every delivery and every order's newest content. */
export async function checkTables(pool: Pool, name: string, run: RunFigures): Promise<void> {
  const { rows } = await pool.query<{ deliveries: number; orders: number; updated: number }>(
    `SELECT (SELECT count(*) FROM "WebhookDelivery") AS deliveries, count(*) AS orders,
       count(*) FILTER (WHERE "rawData" LIKE $1) AS updated FROM "ShopifyOrderCache"`,
    [`%"note":"${UPDATED_NOTE}"%`],
  );
  const found = rows[0] ?? { deliveries: 0, orders: 0, updated: 0 };
  compare(`${name}: rows of deliveries`, found.deliveries, run.sent);
  compare(`${name}: orders in the cache`, found.orders, run.orders);
  compare(`${name}: orders in the cache as their update has them`, found.updated, run.updates);
}

/** @throws RoadFailed unless there are as many as there must be. */
export function compare(what: string, found: number, expected: number): void {
  if (found !== expected)
    throw new RoadFailed(`${what}: ${String(found)}, but ${String(expected)} were delivered`);
}
