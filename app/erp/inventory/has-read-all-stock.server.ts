import type { Db } from "#app/lib/db.server.ts";

/** Whether all of Shopify's stock has been read once, to the end. */
export async function hasReadAllStock(db: Db, { shop }: { shop: string }): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from "SyncJob" where shop = $1 and "jobType" = 'inventory' and status = 'completed' limit 1`,
    [shop],
  );
  return (rowCount ?? 0) > 0;
}
