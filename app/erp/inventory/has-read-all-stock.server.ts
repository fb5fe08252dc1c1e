import type { Db } from "#app/lib/db.server.ts";

/** Whether all of Shopify's stock has been read once, to the end, since the shop installed the app: nothing is heard of it while it has not. */
export async function hasReadAllStock(db: Db, { shop }: { shop: string }): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from "SyncJob" j join "Shop" s using (shop) where shop = $1 and j."jobType" = 'inventory' and j.status = 'completed'
        and coalesce(j."startedAt", j."createdAt") >= s."installedAt" limit 1`,
    [shop],
  );
  return (rowCount ?? 0) > 0;
}
