import type { Db } from "#app/lib/db.server.ts";
import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";

/** Every text, whole. */
export const WHOLE_TEXT = "^.+$";

/**
 * What couriers paid out, without what its reference, and the words made of it, say of a person; the money and the AWB stay. Two
 * references can become one: such a row is told from the others by its `copy`.
 * @param pattern what is removed
 * @returns how many rows held it
 */
export async function forgetRemittances(
  tx: Db,
  { shop }: { shop: string },
  pattern: string,
): Promise<number> {
  const holds = (column: string) => `(${column} ~* $2 AND ${column} <> '${REMOVED}')`;
  const without = (column: string) => `regexp_replace(${column}, $2, '${REMOVED}', 'gi')`;
  const { rowCount } = await tx.query(
    `WITH found AS (
       SELECT id, (SELECT max(copy) FROM "Remittance" WHERE shop = $1) + row_number() OVER (ORDER BY id) AS "nextCopy"
       FROM "Remittance" WHERE shop = $1 AND (${holds("reference")} OR ${holds("words")}))
     UPDATE "Remittance" r SET reference = ${without("r.reference")}, words = ${without("r.words")},
       copy = CASE WHEN ${holds("r.reference")} THEN found."nextCopy" ELSE r.copy END
     FROM found WHERE r.shop = $1 AND r.id = found.id`,
    [shop, pattern],
  );
  return rowCount ?? 0;
}
