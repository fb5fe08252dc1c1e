import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { searchedIn } from "#app/lib/has-text.ts";
import { loadListPage, type ListAt, type ListPage } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { MappedSku } from "./workbench-views.ts";

/** SQL: the columns of a `VariantMapping`, of "SkuMapping" o. */
export const mappingColumns = selectList("o", ["shopifyVariantId", "skuId", "createdBy", "createdAt"], {
  instants: ["createdAt"],
});

/** What people said, the newest first; of those whose variant id, SKU text or title has `search` in it. */
export async function listSkuMappings(
  db: Db,
  { shop, search = "", at, limit }: { shop: string; search?: string; at: ListAt; limit: number },
): Promise<ListPage<MappedSku>> {
  const sort = {
    columns: [
      { sql: `o."createdAt"`, type: "instant" },
      { sql: `o."shopifyVariantId"`, type: "text" },
    ],
    direction: "desc",
  } as const;
  return loadListPage<MappedSku>(
    { sort, at, limit, keyOf: (row) => [row.createdAt, row.shopifyVariantId] },
    async ({ conditions, orderBy, limit: rowLimit }) => {
      const { and, values } = askedConditions(
        [shop, rowLimit],
        [...searchedIn([`o."shopifyVariantId"`, `s."skuCode"`, "s.title"], search), ...conditions],
      );
      const { rows } = await db.query<MappedSku>(
        `select ${mappingColumns}, s."skuCode", s.title as "skuTitle", s."productId"
           from "SkuMapping" o join "Sku" s on s.shop = o.shop and s.id = o."skuId"
          where o.shop = $1${and} order by ${orderBy} limit $2`,
        values,
      );
      return rows;
    },
  );
}
