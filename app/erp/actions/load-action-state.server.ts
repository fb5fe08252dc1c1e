import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadFulfillmentOrders } from "#app/cache/load-fulfillment-orders.server.ts";
import { loadOrderPayloads } from "#app/cache/load-order-payloads.server.ts";
import type { CacheEntry } from "#app/cache/claim-pending.server.ts";
import { loadFactRows } from "#app/erp/facts/load-fact-rows.server.ts";
import { readOrderEntry } from "#app/erp/processor/read-order-entry.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { computeActionState, type ActionState } from "./action-state.ts";

/**
 * An order as its actions see it, for pages and API; locks and changes nothing.
 * @throws AppError NOT_FOUND where the shop has no such order, PAYLOAD_UNREADABLE when its newest payload cannot be read
 */
export async function loadActionState(
  db: Db,
  { shop, orderId, now }: { shop: string; orderId: string; now: Date },
): Promise<ActionState> {
  const payloads = await loadOrderPayloads(db, { shop, orderId });
  if (payloads === null) throw new AppError("NOT_FOUND", `There is no order ${orderId} in ${shop}`);
  return computeStateOf(db, { shop, entry: payloads.entry, now });
}

/** @param keepSettings in a transaction: nobody saves other settings before it ends */
export async function computeStateOf(
  db: Db,
  {
    shop,
    entry,
    now,
    keepSettings = false,
  }: { shop: string; entry: CacheEntry; now: Date; keepSettings?: boolean },
): Promise<ActionState> {
  const { cutOverAt, ...settings } = await loadSettings(db, { shop, keep: keepSettings });
  const fulfillmentOrders = await loadFulfillmentOrders(db, { shop, orderIds: [entry.id] });
  const factRows = await loadFactRows(db, { shop, orderId: entry.id });
  return computeActionState({
    order: readOrderEntry(entry, fulfillmentOrders.get(entry.id) ?? []),
    factRows,
    rules: { settings, cutOverAt, now: after(now, factRows.at(-1)?.at) },
    newId: crypto.randomUUID(),
    notInErp: await findWhyNotInErp(db, shop, entry.id),
  });
}

/** Facts of an order stand in the order of their times: clocks of two machines must not turn them round. */
function after(now: Date, last: string | undefined): Date {
  return last === undefined || Date.parse(last) < now.getTime() ? now : new Date(Date.parse(last) + 1);
}

async function findWhyNotInErp(db: Db, shop: string, orderId: string): Promise<string | null> {
  const { rows } = await db.query<{ there: boolean; why: string | null }>(
    `select exists (select from "Order" o where o.shop = c.shop and o."shopifyOrderId" = c.id) as there, c."processingError" as why
       from "ShopifyOrderCache" c where c.shop = $1 and c.id = $2`,
    [shop, orderId],
  );
  const [entry] = rows;
  return entry?.there ? null : (entry?.why ?? "It waits to be processed");
}
