import type { Db } from "#app/lib/db.server.ts";
import { sameJson } from "#app/lib/same-json.ts";
import { forgetFactDetails } from "./forget-fact-details.ts";

/**
 * What the ERP noted of its own work, without the person: facts stay, their free texts do not.
 * @param orderIds "all": of the whole shop
 * @returns how many facts held anything
 */
export async function forgetFacts(
  tx: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] | "all" },
  names: ((text: string) => boolean) | null,
): Promise<number> {
  const all = orderIds === "all";
  const { rows } = await tx.query<{ id: number; details: unknown }>(
    `SELECT id, details FROM "ErpFact" WHERE shop = $1 ${all ? "" : `AND "shopifyOrderId" = ANY($2)`}
       AND details <> '{}' ORDER BY id FOR UPDATE`,
    all ? [shop] : [shop, orderIds],
  );
  const changed = rows
    .map((row) => ({ ...row, left: forgetFactDetails(row.details, names) }))
    .filter(({ details, left }) => !sameJson(details, left));
  await tx.query(
    `UPDATE "ErpFact" f SET details = u.details::jsonb FROM unnest($2::bigint[], $3::text[]) AS u(id, details)
     WHERE f.shop = $1 AND f.id = u.id`,
    [shop, changed.map(({ id }) => id), changed.map(({ left }) => JSON.stringify(left))],
  );
  return changed.length;
}
