import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { selectList } from "#app/lib/select-list.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { fedLocations } from "./fed-locations.ts";

/** What the ERP says of a SKU at one of its locations; `id` as the change feed names it. In units; time ISO. */
export type ErpStockRow = {
  id: string;
  sku: { id: string; skuCode: string | null; title: string };
  locationId: string;
  /** Shopify's locations that it feeds. */
  shopifyLocationIds: string[];
  sellableQty: number;
  safetyStockQty: number;
  updatedAt: string;
};

/** A shop's own stock by SKU and location; where nothing was ever said there is no row. */
export async function listErpStock(
  db: Db,
  {
    shop,
    limit,
    skuId,
    locationId,
    after,
  }: {
    shop: string;
    limit: number;
    skuId?: string | undefined;
    locationId?: string | undefined;
    after?: { skuId: string; locationId: string } | undefined;
  },
): Promise<ErpStockRow[]> {
  const { stock } = await loadSettings(db, { shop });
  const { and, values } = askedConditions(
    [shop, limit],
    [
      [`e."skuId" = ?`, skuId],
      [`e."locationId" = ?`, locationId],
      [`(e."skuId", e."locationId") > (?, ?)`, after?.skuId, after?.locationId],
    ],
  );
  const { rows } = await db.query<Omit<ErpStockRow, "shopifyLocationIds">>(
    `select e."skuId" || '@' || e."locationId" as id, ${columns},
       json_build_object('id', s.id, 'skuCode', s."skuCode", 'title', s.title) as sku
     from "ErpStock" e join "Sku" s on s.shop = $1 and s.id = e."skuId"
     where e.shop = $1${and} order by e."skuId", e."locationId" limit $2`,
    values,
  );
  return rows.map((row) => ({ ...row, shopifyLocationIds: fedLocations(stock.locations, row.locationId) }));
}

const columns = selectList("e", ["locationId", "sellableQty", "safetyStockQty", "updatedAt"], {
  instants: ["updatedAt"],
});
