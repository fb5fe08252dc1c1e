import type { Db } from "#app/lib/db.server.ts";
import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import { EMPTY_ORDER, holdsWith } from "./forget-erp-rows.server.ts";

/** Of a way of shipping it stays that there was one: a merchant may have written anything in its title. */
const SHIPPING_LINES = `(SELECT coalesce(jsonb_agg(line || '{"title": "${REMOVED}", "code": null}' ORDER BY n), '[]')
  FROM jsonb_array_elements("shippingLines") WITH ORDINALITY AS u(line, n))`;

/**
 * All orders of a shop without their people. There is nobody left to use free texts, and too many people to look for each in
 * them: tags, discount codes, titles of whatever was charged beside the goods, reasons, links and attributes go whole. What a
 * charge is for says its kind; a tax keeps its name, which the books need.
 * @returns how many orders held anything
 */
export async function forgetShopOrders(tx: Db, { shop, now }: { shop: string; now: Date }): Promise<number> {
  const empty = {
    ...{ ...EMPTY_ORDER, tags: `'{}'::text[]`, discountCodes: `'{}'::text[]` },
    shippingLines: SHIPPING_LINES,
    // That something speaks against an order stays, by its kind; the words may quote anything.
    ...{
      holds: holdsWith(`'${REMOVED}'`),
      stopShip: `CASE WHEN "stopShip" IS NOT NULL THEN '${REMOVED}' END`,
    },
  };
  const set = Object.entries(empty).map(([column, value]) => `"${column}" = ${value}`);
  const held = Object.entries(empty).map(([column, value]) => `"${column}" IS DISTINCT FROM ${value}`);
  const { rowCount } = await tx.query(
    `UPDATE "Order" SET ${set.join(", ")}, "outputHash" = '', "updatedAt" = $2 WHERE shop = $1 AND (${held.join(" OR ")})`,
    [shop, now],
  );
  for (const [table, column, nothing] of [
    ["OrderLine", "attributes", `'[]'::jsonb`],
    ["Parcel", "trackingUrl", "NULL"],
    ["ReturnCase", "reason", "NULL"],
  ] as const)
    await tx.query(
      `UPDATE "${table}" SET "${column}" = ${nothing} WHERE shop = $1 AND "${column}" IS DISTINCT FROM ${nothing}`,
      [shop],
    );
  await tx.query(
    `UPDATE "OrderCharge" SET title = NULL WHERE shop = $1 AND title IS NOT NULL AND kind NOT LIKE '%tax'`,
    [shop],
  );
  return rowCount ?? 0;
}
