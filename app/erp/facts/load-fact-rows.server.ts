import type { Db } from "#app/lib/db.server.ts";
import type { FactRow } from "./read-order-facts.ts";

/** What the ERP did with one order, fact by fact, oldest first. */
export async function loadFactRows(
  db: Db,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<FactRow[]> {
  const { rows } = await db.query<Omit<FactRow, "at"> & { at: Date }>(
    `select kind, "shopifyLineId" as "lineId", "parcelId", qty, details, at
       from "ErpFact" where shop = $1 and "shopifyOrderId" = $2 order by id`,
    [shop, orderId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
