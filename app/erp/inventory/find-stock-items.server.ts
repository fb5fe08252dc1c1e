import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { searchExpression, toPrefixQuery } from "#app/lib/search-words.ts";
import type { StockItem, StockView } from "./stock-item.ts";

export type FindStockItemsOptions = {
  shop: string;
  /** What was typed; empty: nothing. */
  search: string;
  view?: StockView | undefined;
  /** Only items stocked there, with their levels there. */
  locationIds?: readonly string[] | undefined;
  /** Whether Shopify counts the item; says nothing of items without a SKU. */
  tracked?: boolean | undefined;
  /** "item desc" (the newest first) or "item asc"; any other is the first. */
  sort: string;
  at: ListAt;
  limit: number;
};

const ITEM = `c."shopifyInventoryItemId"`;

/** The index of migration 20261126132100_stock_by_item, to the letter. */
const words = searchExpression([`s."skuCode"`, `s."title"`, `s."barcode"`]);

const narrowed: Record<StockView, string> = {
  unmatched: `c."skuId" is null`,
  negative: `c."availableQty" < 0`,
  gone: `c."deletedAt" is not null`,
  out: "true",
};

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * One page of a shop's stock, a row an inventory item with all its levels: the items are walked along an index, and only as many as
 * are shown are read whole. Levels that Shopify says are gone stand in the view "gone" alone; those not read yet in none.
 */
export async function findStockItems(db: Db, options: FindStockItemsOptions): Promise<ListPage<StockItem>> {
  const { shop, search, view, locationIds, tracked, at, limit } = options;
  const direction = options.sort === "item asc" ? "asc" : "desc";
  const sort: ListSort = { columns: [{ sql: ITEM, type: "text" }], direction };
  const shown: Condition[] = [
    [`c."lastSynced" is not null and c."deletedAt" ${view === "gone" ? "is not null" : "is null"}`],
    [`c."shopifyLocationId" = any(?)`, locationIds],
  ];
  const searched = await searchConditions(db, { shop, search });
  return loadListPage({ sort, at, limit, keyOf: ({ itemId }) => [itemId] }, async (page) => {
    const walked = askedConditions(
      [shop, page.limit],
      [
        ...shown,
        ...(view === undefined ? [] : [[narrowed[view]] as const]),
        ...searched,
        [`exists (select from "Sku" s where s.shop = $1 and s.id = c."skuId" and s.tracked = ?)`, tracked],
        ...page.conditions,
      ],
    );
    const read = askedConditions(walked.values, shown);
    const { rows } = await db.query<StockItem>(
      `with page as materialized (
         select ${ITEM} as item from "ShopifyInventoryCache" c where c.shop = $1${walked.and}
          group by ${ITEM}${view === "out" ? ` having sum(c."availableQty") <= 0` : ""}
          order by ${page.orderBy} limit $2)
       select page.item as "itemId", case when s.id is not null then json_build_object('id', s.id, 'productId', s."productId",
           'skuCode', s."skuCode", 'title', s.title, 'barcode', s.barcode, 'tracked', s.tracked,
           'isArchived', s."archivedAt" is not null) end as sku, told.levels
         from page
         cross join lateral (
           select max(c."skuId") as sku, json_agg(json_build_object('locationId', c."shopifyLocationId",
               'available', c."availableQty", 'onHand', c."onHandQty", 'committed', c."committedQty", 'incoming', c."incomingQty",
               'lastSynced', ${instant(`c."lastSynced"`)}, 'goneAt', ${instant(`c."deletedAt"`)})
               order by c."shopifyLocationId") as levels
             from "ShopifyInventoryCache" c where c.shop = $1 and ${ITEM} = page.item${read.and}) told
         left join "Sku" s on s.shop = $1 and s.id = told.sku
        order by ${page.orderBy.replace(ITEM, "page.item")}`,
      read.values,
    );
    return rows;
  });
}

/**
 * By the words of the item's SKU, or by the item's own id, whole. A SKU code that is there exactly is all that is shown: of the codes
 * that only begin so there may be hundreds.
 */
async function searchConditions(
  db: Db,
  { shop, search }: { shop: string; search: string },
): Promise<Condition[]> {
  if (search === "") return [];
  const query = toPrefixQuery(search);
  if (query === null) return [["false"]];
  const items = `${ITEM} in (select s."shopifyInventoryItemId" from "Sku" s where s.shop = $1 and`;
  const { rows } = await db.query<{ skuCode: string }>(
    `select distinct "skuCode" from "Sku" where shop = $1 and "skuCode" = any($2) and "shopifyInventoryItemId" is not null`,
    [shop, [search, search.toUpperCase()]],
  );
  if (rows.length > 0) return [[`${items} s."skuCode" = any(?))`, rows.map(({ skuCode }) => skuCode)]];
  return [[`${items} ${words} @@ to_tsquery('simple', ?) union all select ?)`, query, search]];
}
