import type { Db } from "#app/lib/db.server.ts";

/** Tables whose rows may ask for a fetch from Shopify (`needsFetch`). */
const tables = [
  "ShopifyProductCache",
  "ShopifyCustomerCache",
  "ShopifyOrderCache",
  "ShopifyInventoryCache",
] as const;

/**
 * Makes every fetch a shop waits for due now, with its tries counted anew, and asks again for what an answer did not tell:
 * something about the shop itself has changed, a permission or the app being there at all. Locks in the order of ids; an entry that a worker holds now is passed over, for it
 * is being looked at.
 */
export async function makeFetchesDue(tx: Db, shop: string): Promise<void> {
  for (const table of tables) {
    await tx.query(
      `update "${table}" entry set "needsFetch" = coalesce("needsFetch", untold), untold = null, "nextFetchAt" = null, "fetchAttempts" = 0
         from (select id from "${table}"
                where shop = $1 and ("needsFetch" is not null or untold is not null) order by id for update skip locked) free
        where entry.shop = $1 and entry.id = free.id`,
      [shop],
    );
  }
  await tx.query(
    `update "ShopifyFetchRequest" request set "nextFetchAt" = null, "attempts" = 0
       from (select kind, id from "ShopifyFetchRequest"
              where shop = $1 order by kind, id for update skip locked) free
      where request.shop = $1 and request.kind = free.kind and request.id = free.id`,
    [shop],
  );
}
