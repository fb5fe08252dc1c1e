import type { PayloadShape } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import type { DecodedOrder } from "#app/shopify/codecs/order-parts.ts";
import {
  addMoves,
  movesOfOrder,
  sinceOf,
  type OrderPlace,
  type Since,
  type StockMoves,
} from "./moves-of-order.ts";
import { ifReadable, readCachedOrders, type CachedOrder } from "./read-cached-orders.server.ts";
import { findOrdersNotInErp } from "./unprocessed-demand.server.ts";

/** A level and a moment (ISO): how far have orders moved it since? */
type MovedLevel = { skuId: string; locationId: string; at: string };

/** More orders than these are not read one by one, the newest first; each of the others may have moved all of its units. */
const MOST_READ = 4_000;

type Asked = {
  place: number;
  variantId: string;
  locationId: string;
  since: Since;
  /** Locations that stock the item. */
  stockedAt: readonly string[];
};

/**
 * How far orders have moved Shopify's number of each level since its moment, as exactly as their payloads tell: of those that the ERP has
 * not taken in too.
 * @returns by the place in `levels`
 */
export async function loadStockMoves(
  db: Db,
  { shop, levels }: { shop: string; levels: readonly MovedLevel[] },
): Promise<StockMoves[]> {
  if (levels.length === 0) return [];
  const asked = await findAsked(db, { shop, levels });
  const byPlace = new Map(asked.map((one) => [one.place, one]));
  const moves: StockMoves[][] = levels.map(() => []);
  const touched = await findTouched(db, { shop, asked });
  const byOrder = Map.groupBy(touched, ({ orderId }) => orderId);
  const ids = [...byOrder.keys()].slice(0, MOST_READ);
  const unknown = await findOrdersNotInErp(db, { shop });
  const moved = await findMovedSince(db, { shop, asked });
  const read = new Set<string>();
  for await (const orders of readCachedOrders(db, { shop, ids: [...new Set([...ids, ...unknown])] })) {
    const about = orders.flatMap((one) => {
      read.add(one.order.id);
      const levelsOf = byOrder.get(one.order.id)?.flatMap(({ place }) => byPlace.get(place) ?? []) ?? asked;
      const variants = new Set(one.order.lines.map(({ variantId }) => variantId));
      return levelsOf.filter(({ variantId }) => variants.has(variantId)).map((level) => ({ ...one, level }));
    });
    const earlier = await loadEarlier(db, { shop, about });
    for (const [n, { level, order, locations }] of about.entries()) {
      const place = placeOf(level, locations, moved);
      moves[level.place]?.push(movesOfOrder({ order, earlier: earlier[n] ?? null, place }, level));
    }
  }
  for (const { orderId, place, units } of touched)
    if (!read.has(orderId)) moves[place]?.push({ least: -units, most: units });
  return moves.map(addMoves);
}

async function findAsked(
  db: Db,
  { shop, levels }: { shop: string; levels: readonly MovedLevel[] },
): Promise<Asked[]> {
  const { rows } = await db.query<{ id: string; variantId: string; stockedAt: string[] | null }>(
    `select s.id, s."shopifyVariantId" as "variantId", (select array_agg(c."shopifyLocationId") from "ShopifyInventoryCache" c
         where c.shop = $1 and c."shopifyInventoryItemId" = s."shopifyInventoryItemId" and c."deletedAt" is null) as "stockedAt"
       from "Sku" s where s.shop = $1 and s.id = any($2) and s."shopifyVariantId" is not null`,
    [shop, [...new Set(levels.map(({ skuId }) => skuId))]],
  );
  const bySku = new Map(rows.map((row) => [row.id, row]));
  return levels.flatMap(({ skuId, locationId, at }, place) => {
    const sku = bySku.get(skuId);
    if (sku === undefined) return [];
    const { variantId, stockedAt } = sku;
    return { place, variantId, locationId, since: sinceOf(at), stockedAt: stockedAt ?? [] };
  });
}

/** Orders of the ERP that Shopify has touched since, the newest first, and how many units they have of each level's item. */
async function findTouched(
  db: Db,
  { shop, asked }: { shop: string; asked: readonly Asked[] },
): Promise<{ orderId: string; place: number; units: number }[]> {
  const { rows } = await db.query<{ orderId: string; place: number; units: number }>(
    `select c.id as "orderId", u.place, sum(l.qty)::int as units
       from unnest($2::int[], $3::text[], $4::timestamptz[]) u(place, variant, since)
         join "Sku" s on s.shop = $1 and s."shopifyVariantId" = u.variant
         join "OrderLine" l on l.shop = $1 and l."skuId" = s.id and l."shopifyVariantId" = u.variant
         join "ShopifyOrderCache" c on c.shop = $1 and c.id = l."shopifyOrderId"
           and (coalesce(c."shopifyUpdatedAt", c."receivedAt") >= u.since or c."deletedAt" >= u.since)
      group by c.id, u.place, c."shopifyUpdatedAt" order by c."shopifyUpdatedAt" desc nulls first`,
    [
      shop,
      asked.map(({ place }) => place),
      asked.map(({ variantId }) => variantId),
      asked.map(({ since }) => new Date(since.fromMs)),
    ],
  );
  return rows;
}

/** When Shopify last said that goods are to leave from another place; null: not since any of these moments. */
async function findMovedSince(
  db: Db,
  { shop, asked }: { shop: string; asked: readonly Asked[] },
): Promise<Date | null> {
  const from = Math.min(...asked.map(({ since }) => since.fromMs));
  if (!Number.isFinite(from)) return null;
  const { rows } = await db.query<{ at: Date | null }>(
    `select max("receivedAt") as at from "WebhookDelivery" where shop = $1 and topic = 'fulfillment_orders/moved' and "receivedAt" >= $2`,
    [shop, new Date(from)],
  );
  return rows[0]?.at ?? null;
}

function placeOf(
  { locationId, stockedAt, since }: Asked,
  locations: ReadonlySet<string | null>,
  moved: Date | null,
): OrderPlace {
  if (stockedAt.length === 1) return { isHere: true, isOnly: true, mayHaveMoved: false };
  const [only = null] = locations;
  const isKnown = locations.size === 1 && only !== null && stockedAt.includes(only);
  return {
    isHere: isKnown ? only === locationId : null,
    isOnly: false,
    mayHaveMoved: moved !== null && moved.getTime() >= since.fromMs,
  };
}

/** Of each order of before the newest payload that is certainly from before, in the same order; of the others none. */
async function loadEarlier(
  db: Db,
  { shop, about }: { shop: string; about: readonly (CachedOrder & { level: Asked })[] },
): Promise<(DecodedOrder | undefined)[]> {
  const old = [...about.entries()].filter(
    ([, { order, level }]) => Date.parse(order.createdAt) < level.since.fromMs,
  );
  if (old.length === 0) return [];
  const { rows } = await db.query<{ place: number; shape: PayloadShape; rawData: string }>(
    `select distinct on (u.place) u.place, h.shape, h."rawData"
       from unnest($2::int[], $3::text[], $4::timestamptz[]) u(place, id, since), lateral (
         select shape, "rawData", "shopifyUpdatedAt" from "ShopifyPayloadHistory" where shop = $1 and kind = 'order' and id = u.id
         union all
         select shape, "rawData", "shopifyUpdatedAt" from "ShopifyCacheSlot" where shop = $1 and kind = 'order' and id = u.id) h
      where h."shopifyUpdatedAt" <= u.since order by u.place, h."shopifyUpdatedAt" desc`,
    [
      shop,
      old.map(([place]) => place),
      old.map(([, { order }]) => order.id),
      old.map(([, { level }]) => new Date(level.since.fromMs)),
    ],
  );
  const earlier: (DecodedOrder | undefined)[] = [];
  for (const { place, shape, rawData } of rows)
    for (const decoded of ifReadable(() => decodeOrder(shape, rawData)))
      if (!decoded.absent.includes("lines")) earlier[place] = decoded;
  return earlier;
}
