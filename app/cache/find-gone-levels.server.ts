import type { Db } from "#app/lib/db.server.ts";

/** Of stock levels, those that Shopify said are gone `before` then. */
export async function findGoneLevels(
  db: Db,
  { shop, ids, before }: { shop: string; ids: readonly string[]; before: Date },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM "ShopifyInventoryCache" WHERE shop = $1 AND id = ANY($2) AND "deletedAt" < $3`,
    [shop, ids, before],
  );
  return rows.map(({ id }) => id);
}
