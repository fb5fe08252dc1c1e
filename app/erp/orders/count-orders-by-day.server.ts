import type { Db } from "#app/lib/db.server.ts";

/** How many orders created on a day (`YYYY-MM-DD`) have a status now. */
export type DayOfStatus = { day: string; status: string; orders: number };

/**
 * Orders created since `since`, by calendar day of `timeZone` and by status; test orders and archived ones left out. Reads the
 * range of the index by creation.
 */
export async function countOrdersByDay(
  db: Db,
  { shop, since, timeZone }: { shop: string; since: Date; timeZone: string },
): Promise<DayOfStatus[]> {
  const { rows } = await db.query<DayOfStatus>(
    `SELECT ("shopifyCreatedAt" AT TIME ZONE $3)::date::text AS day, status, count(*)::int AS orders
     FROM "Order" WHERE shop = $1 AND "shopifyCreatedAt" >= $2 AND NOT test AND "archivedAt" IS NULL
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [shop, since, timeZone],
  );
  return rows;
}
