import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * Makes the orders pending of which a parcel has been silent for longer than the shop waits: computed again, its delivery is
 * unknown. News of the parcel takes that back by itself. Asks an index of parcels under way only, so it may be called often.
 * @returns how many orders
 */
export async function wakeSilentParcels(db: Db, { shop, now }: { shop: string; now: Date }): Promise<number> {
  const { deliveryUnknownAfterDays } = await loadSettings(db, { shop });
  // In the order in which everybody locks entries; what somebody holds just now is looked at next time.
  const { rowCount } = await db.query(
    `with silent as (
       select id from "ShopifyOrderCache" where shop = $1 and "processedAt" is not null and id in (
         select "shopifyOrderId" from "Parcel"
          where shop = $1 and state in ('handed_over', 'in_transit', 'out_for_delivery')
            and "newsAt" < $2::timestamptz - make_interval(days => $3))
       order by id for update skip locked)
     update "ShopifyOrderCache" entry set "processedAt" = null from silent where entry.shop = $1 and entry.id = silent.id`,
    [shop, now, deliveryUnknownAfterDays],
  );
  return rowCount ?? 0;
}
