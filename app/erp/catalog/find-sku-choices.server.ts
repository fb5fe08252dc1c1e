import type { Db } from "#app/lib/db.server.ts";
import type { SkuChoice } from "./workbench-views.ts";

/** More than these are not read anyway: another word narrows them down. */
const MOST = 20;

/**
 * SKUs of which text, title and barcode together hold every word that was typed: the one of just that text first, archived ones
 * last. Placeholders are none: they answer for the orders they were made from.
 */
export async function findSkuChoices(
  db: Db,
  { shop, search }: { shop: string; search: string },
): Promise<SkuChoice[]> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const { rows } = await db.query<SkuChoice>(
    `select id, "skuCode", title, price::text as price, "archivedAt" is not null as archived
       from "Sku"
      where shop = $1 and not "isPlaceholder" and (
        select bool_and(strpos(lower(concat_ws(' ', "skuCode", title, barcode)), word) > 0) from unnest($2::text[]) word)
      order by lower("skuCode") is not distinct from lower($3) desc, "archivedAt" is not null, title, id limit $4`,
    [shop, words, search.trim(), MOST],
  );
  return rows;
}
