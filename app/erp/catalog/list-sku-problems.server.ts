import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { searchedIn } from "#app/lib/has-text.ts";
import { loadListPage, type BesideEdge, type ListAt, type ListPage } from "#app/lib/list-page.ts";
import { problemKey } from "./problem-key.ts";
import type { SkuProblem } from "./workbench-views.ts";

/** `problemKey` as columns. */
const SORT = {
  columns: [
    { sql: "o.place", type: "integer" },
    { sql: `o."sortText"`, type: "text" },
    { sql: "o.id", type: "text" },
  ],
  direction: "asc",
} as const;

/**
 * The catalogue's variants whose SKU text matches nothing, by the rule of `reportSkuProblems`: those that share one, by their text, then
 * living ones without, by their title. Placeholders are left out: their texts belong to orders.
 * @param search what the SKU text or the title has in it; empty: nothing is searched
 */
export async function listSkuProblems(
  db: Db,
  { shop, search, at, limit }: { shop: string; search: string; at: ListAt; limit: number },
): Promise<ListPage<SkuProblem>> {
  return loadListPage<SkuProblem>(
    { sort: SORT, at, limit, keyOf: problemKey },
    async ({ conditions, orderBy, ...beside }) => {
      const { sql, values: given } = problemsBeside(beside, search);
      const { and, values } = askedConditions(
        [shop, beside.limit, ...given],
        [...searchedIn([`o."skuCode"`, "o.title"], search), ...conditions],
      );
      const { rows } = await db.query<SkuProblem>(
        `with problems as materialized (${sql})
         select o.id, o."productId", v."shopifySourceProductId" as "shopifyProductId", o."shopifyVariantId", o.title,
                o."skuCode" as "skuText", o."archivedAt" is not null as archived, o."sharedBy"
           from (select o.* from problems o where true${and} order by ${orderBy} limit $2) o
           left join "Variation" v on v.shop = $1 and v.id = o."variationId"
          order by ${orderBy}`,
        values,
      );
      return rows;
    },
  );
}

const columns = `s.id, s."productId", s."variationId", s."shopifyVariantId", s.title, s."skuCode", s."archivedAt"`;

const blank = `select ${columns}, 1 as place, s.title as "sortText", null::int as "sharedBy"
  from "Sku" s where s.shop = $1 and not s."isPlaceholder" and s."skuCode" is null and s."archivedAt" is null`;

/**
 * SQL: the variants with a problem, at least all that the page can show. Texts are grouped in the order of the index "Sku_texts",
 * from the page's edge on: a group is two rows or more, so that as many groups as rows are enough, and the walk ends there. Only a
 * search has to see all.
 */
function problemsBeside(
  { key, isDescending }: BesideEdge,
  search: string,
): { sql: string; values: string[] } {
  const isInBlank = key !== null && key[0] !== "0";
  const values = key === null || isInBlank ? [] : [key[1] ?? ""];
  const past = values.length === 0 ? "" : ` and "skuCode" ${isDescending ? "<=" : ">="} $3`;
  const enough = search === "" ? ` order by 1${isDescending ? " desc" : ""} limit $2` : "";
  const shared = `select ${columns}, 0 as place, s."skuCode" as "sortText", text."sharedBy"
    from (select "skuCode", count(*)::int as "sharedBy" from "Sku"
           where shop = $1 and not "isPlaceholder" and "skuCode" is not null${past}
           group by 1 having count(*) > 1 and bool_or("archivedAt" is null)${enough}) text
    join "Sku" s on s.shop = $1 and s."skuCode" = text."skuCode" and not s."isPlaceholder"`;
  // The shared ones stand before the blank ones.
  if (isInBlank && !isDescending) return { sql: blank, values };
  if (key !== null && !isInBlank && isDescending) return { sql: shared, values };
  return { sql: `${shared} union all ${blank}`, values };
}
