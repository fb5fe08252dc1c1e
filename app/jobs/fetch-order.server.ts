import { setTimeout as sleep } from "node:timers/promises";
import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { retryFailed } from "#app/cache/retry-failed.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import { findOrdersByName } from "#app/shopify/details/find-orders-by-name.server.ts";
import type { JobContext } from "./job-context.server.ts";

/** What became of one order that a person asked for. */
export type FetchedOrder = {
  id: string;
  orderNumber: string | null;
  /** waiting: another worker is at it right now. */
  outcome: "created" | "updated" | "unchanged" | "failed" | "waiting";
  errorCode: string | null;
  /** In a merchant's words. */
  error: string | null;
  /** What is not known of it even so. */
  needsFetch: string | null;
};

export type FetchOrderResult =
  { found: true; orders: FetchedOrder[] } | { found: false; code: "NOT_FOUND"; message: string };

/** By Shopify's id, or by what a person calls it. */
export type WhichOrder = { id: string } | { number: string };

/** How long another worker's batch is waited for. */
const PATIENCE_MS = 10_000;

/**
 * One order, asked for now and brought into the ERP at once, history and quarantine or not: a person wants it. Of several
 * orders with one name, all.
 * @throws AppError VALIDATION for a blank number, and what the client throws
 */
export async function fetchOrder(
  context: Pick<JobContext, "database" | "now">,
  { shop, client, ...which }: { shop: string; client: AdminClient } & WhichOrder,
): Promise<FetchOrderResult> {
  const { pool } = context.database;
  const said = ("id" in which ? which.id : which.number).trim();
  if (said.replace(/^#/, "") === "") throw new AppError("VALIDATION", "number: say which order.");
  const nothing = (message: string): FetchOrderResult => ({ found: false, code: "NOT_FOUND", message });
  if ("id" in which && !/^\d+$/.test(said))
    return nothing(`${said} is no order id of Shopify's: those are numbers.`);

  const ids = "id" in which ? [said] : await findOrdersByName(client, said);
  if (ids.length === 0) return nothing(`Shopify has no order ${said}.`);
  const scopes = await fetchAccessScopes(client);
  const { gone, failed } = await fetchIntoCache(pool, client, {
    ...{ shop, kind: "order", ids, scopes, source: "fetch", now: context.now },
  });
  const refused = failed[0];
  if (refused && failed.length === ids.length) throw refused.error;
  const left = ids.filter((id) => !gone.includes(id) && !failed.some((one) => one.id === id));
  if (left.length === 0) return nothing(`Shopify has no order ${said}, or not any more.`);
  const orders: FetchedOrder[] = [];
  for (const id of left) orders.push(await bringIntoErp(context, { shop, id }));
  for (const { id, error } of failed)
    orders.push({
      ...{ id, orderNumber: null, outcome: "failed", errorCode: error.code, error: error.message },
      needsFetch: null,
    });
  return { found: true, orders };
}

/** By the same road as everything that waits in the cache. */
async function bringIntoErp(
  { database: { pool }, now }: Pick<JobContext, "database" | "now">,
  { shop, id }: { shop: string; id: string },
): Promise<FetchedOrder> {
  await wakeEntries(pool, { shop, kind: "order", ids: [id] });
  await retryFailed(pool, { shop, kind: "order", id });
  for (const giveUpAt = Date.now() + PATIENCE_MS; ;) {
    const tally = await processPendingOrders(pool, { shop, limit: 1, ids: [id], now: now() });
    const did = tally.created ? "created" : tally.unchanged ? "unchanged" : "updated";
    const { rows } = await pool.query<Omit<FetchedOrder, "outcome"> & { processedAt: Date | null }>(
      `select id, "orderNumber", "errorCode", "processingError" as error, "needsFetch", "processedAt"
       from "ShopifyOrderCache" where shop = $1 and id = $2`,
      [shop, id],
    );
    const entry = rows[0];
    if (!entry) throw new Error(`order ${id} left the cache while it was processed`);
    const { processedAt, ...shown } = entry;
    if (shown.errorCode !== null) return { ...shown, outcome: "failed" };
    // Done by us, or by the worker that was quicker; it has told nobody what it did.
    if (processedAt !== null) return { ...shown, outcome: did };
    if (Date.now() > giveUpAt) return { ...shown, outcome: "waiting" };
    await sleep(100);
  }
}
