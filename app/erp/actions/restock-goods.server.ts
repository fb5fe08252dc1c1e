import type { PoolClient } from "pg";
import { AppError } from "#app/lib/errors.ts";
import { restockErpStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { erpLocationOf } from "#app/erp/inventory/erp-locations.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { Restock } from "./action-outcome.ts";

type Of = { shop: string; orderId: string; restock: Restock };
/** Goods of one SKU, and the places where the ERP counts it now. */
type Goods = { skuId: string; name: string; qty: number; places: string[] };

/**
 * Puts goods that came back on the shelf, in the transaction that says so: they can be sold again where they are. Only what the ERP
 * counts: where nobody has ever set a SKU's stock (where the ERP leads, at the very place), and no place was named, a first number of
 * our own would be wrong, and sent to Shopify in place of all that lies there.
 * @throws AppError ACTION_NOT_ALLOWED where the ERP counts them and nobody knows at which place they are
 */
export async function restockGoods(
  tx: PoolClient,
  { actor, now, ...of }: Of & { actor: string; now: Date },
): Promise<{ words: string[]; intentIds: string[] }> {
  const { shop, restock } = of;
  const { stock } = await loadSettings(tx, { shop, keep: true });
  const goods = (await findGoods(tx, of)).filter(
    ({ places }) => places.length > 0 || restock.locationId !== null,
  );
  if (goods.length === 0) return { words: [], intentIds: [] };
  const at = restock.locationId ?? (await findPlace(tx, { ...of, stock }));
  const words: string[] = [];
  const intentIds: string[] = [];
  for (const { skuId, name, qty, places } of goods) {
    const [only, ...others] = places;
    const locationId = at ?? (others.length === 0 ? only : undefined);
    if (locationId === undefined)
      throw new AppError("ACTION_NOT_ALLOWED", `Nobody knows where ${String(qty)} × ${name} came back to`, {
        next: "Say at which location the goods are now.",
      });
    if (stock.leads === "erp" && restock.locationId === null && !places.includes(locationId)) {
      words.push(
        `${name}: not counted, for the ERP has never said how many are at ${await nameOf(tx, shop, locationId)}`,
      );
      continue;
    }
    const done = await restockErpStock(tx, {
      ...{ shop, skuId, locationId, by: qty, actor, now },
    });
    words.push(`${name}: ${String(done.sellableQty)} sellable at ${await nameOf(tx, shop, locationId)}`);
    intentIds.push(...done.intentIds);
  }
  return { words, intentIds };
}

/** Always in one order, so that no two wait for each other. */
async function findGoods(tx: PoolClient, { shop, orderId, restock: { units } }: Of): Promise<Goods[]> {
  const { rows } = await tx.query<Goods>(
    `select s.id as "skuId", coalesce(s."skuCode", s.title) as name, sum(u.qty)::int as qty,
        array(select "locationId" from "ErpStock" where shop = $1 and "skuId" = s.id order by 1) as places
       from unnest($3::text[], $4::int[]) as u(line, qty)
       join "OrderLine" l on l.shop = $1 and l."shopifyOrderId" = $2 and l."shopifyLineId" = u.line and l."requiresShipping"
       join "Sku" s on s.shop = $1 and s.id = l."skuId"
      group by s.id, 2 order by s.id`,
    [shop, orderId, units.map(({ lineId }) => lineId), units.map(({ qty }) => qty)],
  );
  return rows;
}

/** Where the case's parcel left from; of a case without one where all of the order's parcels did, or the shop's only location. */
async function findPlace(
  tx: PoolClient,
  { shop, orderId, restock: { parcelId }, stock }: Of & { stock: ShopSettings["stock"] },
): Promise<string | null> {
  const { rows } = await tx.query<{ left: string[]; all: string[] }>(
    `select array(select distinct "locationId" from "Parcel" where shop = $1 and "shopifyOrderId" = $2
         and "locationId" is not null and ($3::text is null or id = $3)) as left,
       array(select id from "ShopifyLocation" where shop = $1 and "isActive" and "deletedAt" is null limit 2) as all`,
    [shop, orderId, parcelId],
  );
  const [found] = rows;
  for (const ids of [found?.left ?? [], found?.all ?? []]) {
    const [only, ...others] = ids;
    if (only !== undefined && others.length === 0) return erpLocationOf(stock.locations, only);
  }
  return null;
}

async function nameOf(tx: PoolClient, shop: string, locationId: string): Promise<string> {
  const { rows } = await tx.query<{ name: string | null }>(
    `select name from "ShopifyLocation" where shop = $1 and id = $2`,
    [shop, locationId],
  );
  return rows[0]?.name ?? locationId;
}
