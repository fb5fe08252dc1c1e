import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { ComparedWith, PassOf } from "./compared-levels.ts";
import { unprocessedDemand, type UnprocessedDemand } from "./unprocessed-demand.server.ts";

export type Compared = ComparedWith & { pass: Required<PassOf> };

/** What a shop's whole stock is compared with, and the orders that are not in the ERP yet. */
export async function loadCompared(
  db: Db,
  { shop }: { shop: string },
): Promise<Compared & Pick<UnprocessedDemand, "orders" | "waits">> {
  const { stock } = await loadSettings(db, { shop });
  const { locations } = stock;
  const isSummed = await isFedBySeveral(db, { shop, locations });
  const unprocessed = await unprocessedDemand(db, { shop });
  const pass = { isSummed, isMapped: locations.length > 0, isAsked: unprocessed.demand.length > 0 };
  return { shop, locations, pass, ...unprocessed };
}

async function isFedBySeveral(db: Db, { shop, locations }: Omit<ComparedWith, "demand">): Promise<boolean> {
  if (locations.length === 0) return false;
  const { rowCount } = await db.query(
    `select from unnest($2::text[], $3::text[]) fed(erp, shopify) where exists (
         select from "ErpStock" e where e.shop = $1 and e."locationId" = fed.erp)
      group by fed.shopify having count(*) > 1
     union all
     select from unnest($3::text[]) own(id) where not own.id = any($2) and exists (
         select from "ErpStock" e where e.shop = $1 and e."locationId" = own.id)
      limit 1`,
    [shop, locations.map(({ erp }) => erp), locations.map(({ shopify }) => shopify)],
  );
  return (rowCount ?? 0) > 0;
}
