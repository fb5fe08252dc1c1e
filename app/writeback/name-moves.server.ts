import { z } from "zod";

import { loadFulfillmentOrders } from "#app/cache/load-fulfillment-orders.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { IntentRow } from "#app/outbox/intent-row.ts";
import { intentPayloads } from "#app/outbox/outbox-intent.ts";
import { describeMove, type Place } from "./describe-move.ts";

/** What is needed of a cached fulfilment order; another payload says nothing of where it is. */
const FulfillmentOrder = z.object({
  status: z.string().nullish(),
  assignedLocation: z.object({
    name: z.string().nullish(),
    location: z.object({ id: z.string() }).nullish(),
  }),
});

const OVER = ["CLOSED", "CANCELLED"];

/**
 * From where to where fulfilment orders would be moved for parcels that name a location, by the intent's id. From: as the cache
 * last heard; what really is moved is decided by what Shopify has when the parcel is sent.
 */
export async function nameMoves(
  db: Db,
  { shop, rows }: { shop: string; rows: readonly Pick<IntentRow, "id" | "entityId" | "payload">[] },
): Promise<Map<string, string>> {
  const wished = rows.flatMap(({ id, entityId, payload }) => {
    const read = intentPayloads.fulfillmentCreate.safeParse(payload);
    return read.success && read.data.locationId !== null
      ? [{ id, orderId: entityId, to: read.data.locationId }]
      : [];
  });
  const known = await loadFulfillmentOrders(db, {
    shop,
    orderIds: [...new Set(wished.map(({ orderId }) => orderId))],
  });
  const names = await db.query<{ id: string; name: string | null }>(
    `select id, name from "ShopifyLocation" where shop = $1 and id = any($2)`,
    [shop, [...new Set(wished.map(({ to }) => to))]],
  );
  const nameOf = new Map(names.rows.map(({ id, name }) => [id, name]));
  return new Map(
    wished.map(({ id, orderId, to }) => [
      id,
      describeMove({
        to: { id: to, name: nameOf.get(to) ?? null },
        from: placesOf(known.get(orderId) ?? []),
      }),
    ]),
  );
}

function placesOf(raws: readonly string[]): Place[] {
  const places = new Map<string, Place>();
  for (const raw of raws) {
    const read = FulfillmentOrder.safeParse(JSON.parse(raw));
    if (!read.success || OVER.includes(read.data.status ?? "")) continue;
    const { name = null, location } = read.data.assignedLocation;
    const id = location?.id.split("/").at(-1);
    if (id !== undefined) places.set(id, { id, name });
  }
  return [...places.values()];
}
