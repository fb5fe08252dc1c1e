import type { Db } from "#app/lib/db.server.ts";

/** Where a shop's days begin and what its money is. */
export type ShopCalendar = { timeZone: string; currency: string | null };

/** UTC where the shop's time zone is not known (yet). */
export async function loadShopCalendar(db: Db, { shop }: { shop: string }): Promise<ShopCalendar> {
  const { rows } = await db.query<{ timeZone: string | null; currency: string | null }>(
    `select "timeZone", currency from "Shop" where shop = $1`,
    [shop],
  );
  return { timeZone: rows[0]?.timeZone ?? "UTC", currency: rows[0]?.currency ?? null };
}
