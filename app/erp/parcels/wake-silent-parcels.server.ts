import type { Db } from "#app/lib/db.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * Makes the orders pending of which a parcel has been silent for longer than the shop waits: computed again, its delivery is
 * unknown. News of the parcel takes that back by itself. Asks an index of parcels under way only, so it may be called often.
 * @returns how many orders
 */
export async function wakeSilentParcels(db: Db, { shop, now }: { shop: string; now: Date }): Promise<number> {
  const { deliveryUnknownAfterDays } = await loadSettings(db, { shop });
  const { rows } = await db.query<{ id: string }>(
    `select distinct "shopifyOrderId" as id from "Parcel"
      where shop = $1 and state in ('handed_over', 'in_transit', 'out_for_delivery')
        and "newsAt" < $2::timestamptz - make_interval(days => $3)`,
    [shop, now, deliveryUnknownAfterDays],
  );
  return wakeEntries(db, { shop, kind: "order", ids: rows.map(({ id }) => id) });
}
