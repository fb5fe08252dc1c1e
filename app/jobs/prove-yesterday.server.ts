import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { dayBefore, dayOf } from "#app/lib/zoned-day.ts";
import type { DayProof } from "#app/reconcile/day-proof.ts";
import { loadShopCalendar } from "#app/reconcile/load-shop-calendar.server.ts";
import { proveAndHeal } from "#app/reconcile/prove-and-heal.server.ts";
import type { ShopifyOfJob } from "./connect-shop.server.ts";
import type { JobContext } from "./job-context.server.ts";

/** Orders a fetch: a transaction each, and what had come stays when the next one fails. */
const SLICE = 50;

/**
 * Yesterday's orders of a shop, Shopify's count and total against the ERP's; what is missing or differs is fetched and processed
 * at once, and the day proved again. What could not be fetched is wished for and the reason stands on the proof.
 * @throws what the signal was aborted with; never because of Shopify
 */
export async function proveYesterday(
  context: Pick<JobContext, "database" | "now">,
  shopify: ShopifyOfJob,
  { shop, signal }: { shop: string; signal: AbortSignal },
): Promise<DayProof> {
  const { database, now } = context;
  const { timeZone } = await loadShopCalendar(database.pool, { shop });
  const day = dayBefore(dayOf(now(), timeZone));
  return proveAndHeal(context, {
    ...{ shop, client: shopify.client, day, signal },
    heal: (ids) => healOrders(context, shopify, { shop, day, ids, signal }),
  });
}

/** @throws AppError why some could not be fetched: the first reason of one alone, or what ended it */
async function healOrders(
  { database: { pool }, now }: Pick<JobContext, "database" | "now">,
  { client, scopes }: ShopifyOfJob,
  { shop, day, ids, signal }: { shop: string; day: string; ids: readonly string[]; signal: AbortSignal },
): Promise<void> {
  const left: string[] = [];
  let reason: AppError | null = null;
  for (let at = 0; at < ids.length; at += SLICE) {
    const slice = ids.slice(at, at + SLICE);
    try {
      const { failed } = await fetchIntoCache(pool, client, {
        ...{ shop, kind: "order", ids: slice, scopes, source: "lookback", now, signal },
      });
      left.push(...failed.map(({ id }) => id));
      reason ??= failed[0]?.error ?? null;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      left.push(...ids.slice(at));
      reason = error;
      break;
    }
    await processPendingOrders(pool, { shop, ids: slice, limit: slice.length, now: now(), signal });
  }
  const wishes = left.map((id) => ({ id, reason: `Not in agreement on ${day}`, at: now() }));
  await inRepeatedTransaction(pool, (tx) => wishFor(tx, { shop, kind: "order", wishes }));
  if (reason !== null) throw reason;
}

/** `Yesterday (2026-11-24): Shopify 412 orders, ERP 412 orders, missing 0`, with what is not whole about it, or why it could not be proved. */
export function describeProof({
  day,
  shopifyOrders,
  erpOrders,
  missing,
  differing,
  problem,
}: DayProof): string {
  const yesterday = `Yesterday (${day})`;
  if (shopifyOrders === null)
    return `${yesterday} could not be proved: ${problem ?? "Shopify did not answer"}`;
  const differ = differing.length === 0 ? "" : `, differing ${String(differing.length)}`;
  const figures = `${yesterday}: Shopify ${String(shopifyOrders)} orders, ERP ${String(erpOrders)} orders, missing ${String(missing.length)}${differ}`;
  return problem === null ? figures : `${figures}. ${problem}`;
}
