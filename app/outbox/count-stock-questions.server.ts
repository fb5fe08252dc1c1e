import type { Db } from "#app/lib/db.server.ts";

/** How many levels were changed in Shopify while the ERP's number was on its way, and wait for a person to say which counts. */
export async function countStockQuestions(db: Db, { shop }: { shop: string }): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from "Outbox" where shop = $1 and status = 'conflict' and kind = 'inventorySet'`,
    [shop],
  );
  return rows[0]?.count ?? 0;
}
