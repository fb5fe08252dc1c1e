import type { Db } from "#app/lib/db.server.ts";

import type { ErpStockAt } from "./erp-stock.ts";

/** The ERP's own stock of these SKUs; where nothing was ever said there is no row. */
export async function loadErpStock(
  db: Db,
  { shop, skuIds }: { shop: string; skuIds: readonly string[] },
): Promise<ErpStockAt[]> {
  if (skuIds.length === 0) return [];
  const { rows } = await db.query<ErpStockAt>(
    `select "skuId", "locationId", "sellableQty", "safetyStockQty" from "ErpStock"
      where shop = $1 and "skuId" = any($2) order by "skuId", "locationId"`,
    [shop, skuIds],
  );
  return rows;
}
