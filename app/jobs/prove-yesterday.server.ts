import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { dayBefore, dayOf } from "#app/lib/zoned-day.ts";
import type { DayProof } from "#app/reconcile/day-proof.ts";
import { loadShopCalendar } from "#app/reconcile/load-shop-calendar.server.ts";
import { proveAndHeal } from "#app/reconcile/prove-and-heal.server.ts";
import type { ShopifyOfJob } from "./connect-shop.server.ts";
import type { JobContext } from "./job-context.server.ts";

/**
 * Yesterday's orders of a shop, Shopify's count and total against the ERP's; what is missing or differs is fetched and processed
 * at once, and the day proved again.
 */
export async function proveYesterday(
  context: Pick<JobContext, "database" | "now">,
  { client, scopes }: ShopifyOfJob,
  { shop, signal }: { shop: string; signal: AbortSignal },
): Promise<DayProof> {
  const { database, now } = context;
  const { timeZone } = await loadShopCalendar(database.pool, { shop });
  const day = dayBefore(dayOf(now(), timeZone));
  return proveAndHeal(context, {
    ...{ shop, client, day, signal },
    heal: async (ids) => {
      await fetchIntoCache(database.pool, client, {
        ...{ shop, kind: "order", ids, scopes, source: "lookback", now, signal },
      });
      await processPendingOrders(database.pool, { shop, ids, limit: ids.length, now: now(), signal });
    },
  });
}

/** `Yesterday (2026-11-24): Shopify 412 orders, ERP 412 orders, missing 0`, or why it could not be proved. */
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
  return `${yesterday}: Shopify ${String(shopifyOrders)} orders, ERP ${String(erpOrders)} orders, missing ${String(missing.length)}${differ}`;
}
