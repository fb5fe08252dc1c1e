import {
  entryColumns,
  withSlots,
  type CacheEntry,
  type ClaimedRow,
} from "#app/cache/claim-pending.server.ts";
import { loadFulfillmentOrders } from "#app/cache/load-fulfillment-orders.server.ts";
import { readOrderEntry, readOrderSlots } from "#app/erp/processor/read-order-entry.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { gatherFulfillmentOrders } from "#app/shopify/codecs/read-fulfillment-orders.ts";

/** An order as the cache has it, whether or not the ERP has taken it in. `locations`: where its fulfilment orders are to leave from. */
export type CachedOrder = { order: OrderSnapshot; locations: ReadonlySet<string | null> };

const BATCH = 200;

/** Orders of the cache as the processor reads them, in batches; one that cannot be read is left out. */
export async function* readCachedOrders(
  db: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): AsyncGenerator<CachedOrder[]> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    const { rows } = await db.query<ClaimedRow>(
      `select ${entryColumns("order")} from "ShopifyOrderCache" where shop = $1 and id = any($2)`,
      [shop, some],
    );
    const entries = await withSlots(db, { shop, kind: "order", rows });
    const fulfillmentOrders = await loadFulfillmentOrders(db, { shop, orderIds: some });
    yield entries.flatMap((entry) => {
      const fulfilling = fulfillmentOrders.get(entry.id) ?? [];
      return ifReadable(() => ({
        order: readOrderEntry(entry, fulfilling),
        locations: locationsOf(entry, fulfilling),
      }));
    });
  }
}

function locationsOf(entry: CacheEntry, fulfilling: readonly string[]): Set<string | null> {
  const told = gatherFulfillmentOrders(readOrderSlots(entry).read, fulfilling.map(decodeFulfillmentOrder));
  return new Set(told.map(({ locationId }) => locationId));
}

/** What was read; nothing where the payload cannot be. */
export function ifReadable<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
