import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { searchExpression, toPrefixQuery } from "#app/lib/search-words.ts";
import type { StockItem, StockView } from "./stock-item.ts";

export type FindStockItemsOptions = {
  shop: string;
  /** What was typed; empty: nothing. */
  search: string;
  /** All of them must hold. */
  views?: readonly StockView[] | undefined;
  /** Only items stocked there, with their levels there. */
  locationIds?: readonly string[] | undefined;
  /** Whether Shopify counts the item; says nothing of items without a SKU. */
  tracked?: boolean | undefined;
  /** "item desc" (the newest first) or "item asc"; any other is the first. */
  sort: string;
  at: ListAt;
  limit: number;
  /** What `searchStock` said of the search: an export searches once. */
  found?: Condition | null;
};

const NAME = `"shopifyInventoryItemId"`;
const ITEM = `c.${NAME}`;

/** The index of migration 20261126132100_stock_by_item, to the letter. */
const words = searchExpression([`s."skuCode"`, `s."title"`, `s."barcode"`]);

/** Which levels make an item one of a view. Nothing is left of an item in all only where there is nothing at one location at least. */
const narrowed: Record<StockView, string> = {
  unmatched: `c."skuId" is null`,
  negative: `c."availableQty" < 0`,
  gone: `c."deletedAt" is not null`,
  out: `c."availableQty" <= 0`,
};

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * One page of a shop's stock, a row an inventory item with all its levels: the items are walked along an index, and only as many as
 * are shown are read whole. Levels that Shopify says are gone stand in the view "gone" alone; those not read yet in none.
 */
export async function findStockItems(db: Db, options: FindStockItemsOptions): Promise<ListPage<StockItem>> {
  const { shop, search, views = [], locationIds, tracked, at, limit } = options;
  const direction = options.sort === "item asc" ? "asc" : "desc";
  const sort: ListSort = { columns: [{ sql: ITEM, type: "text" }], direction };
  const shown: Condition[] = [
    [`c."lastSynced" is not null and c."deletedAt" ${views.includes("gone") ? "is not null" : "is null"}`],
    [`c."shopifyLocationId" = any(?)`, locationIds],
  ];
  const found = options.found === undefined ? await searchStock(db, { shop, search }) : options.found;
  return loadListPage({ sort, at, limit, keyOf: ({ itemId }) => [itemId] }, async (page) => {
    const told = askedConditions([shop, page.limit], shown);
    const walked = askedConditions(told.values, [
      ...views.map((view) => [narrowed[view]] as const),
      [`exists (select from "Sku" s where s.shop = $1 and s.id = c."skuId" and s.tracked = ?)`, tracked],
      ...page.conditions,
      ...(found === null ? [] : [found]),
    ]);
    const levels = `from "ShopifyInventoryCache" c where c.shop = $1${told.and}`;
    const { rows } = await db.query<StockItem>(
      `with page as materialized (
         select ${ITEM} ${levels}${walked.and} group by ${ITEM}${views.includes("out") ? ` having (${leftOf(levels)}) <= 0` : ""}
          order by ${page.orderBy} limit $2)
       select page.${NAME} as "itemId", case when s.id is not null then json_build_object('id', s.id, 'productId', s."productId",
           'skuCode', s."skuCode", 'title', s.title, 'barcode', s.barcode, 'tracked', s.tracked,
           'isArchived', s."archivedAt" is not null) end as sku, told.levels
         from page
         cross join lateral (
           select max(c."skuId") as sku, json_agg(json_build_object('locationId', c."shopifyLocationId",
               'available', c."availableQty", 'onHand', c."onHandQty", 'committed', c."committedQty", 'incoming', c."incomingQty",
               'lastSynced', ${instant(`c."lastSynced"`)}, 'goneAt', ${instant(`c."deletedAt"`)})
               order by c."shopifyLocationId") as levels
             ${levels} and ${ITEM} = page.${NAME}) told
         left join "Sku" s on s.shop = $1 and s.id = told.sku
        order by page.${NAME}${page.orderBy.slice(ITEM.length)}`,
      walked.values,
    );
    return rows;
  });
}

/** SQL: what is left of an item `c` in all of its levels that count. */
function leftOf(levels: string): string {
  const own = levels.replaceAll("c.", "own.").replace(" c where", " own where");
  return `select sum(own."availableQty") ${own} and own.${NAME} = ${ITEM}`;
}

/** Of a search that finds more than these the list's own order is followed, and its page is soon full. */
const FEW = 2000;

/**
 * By the words of the item's SKU, or by the item's own id, whole. A SKU code that is there exactly is all that is shown: of the codes
 * that only begin so there may be hundreds.
 * @returns a condition of the level `c`, null where nothing is searched
 */
export async function searchStock(
  db: Db,
  { shop, search }: Pick<FindStockItemsOptions, "shop" | "search">,
): Promise<Condition | null> {
  if (search === "") return null;
  const query = toPrefixQuery(search);
  if (query === null) return ["false"];
  const items = async ([sql, ...values]: Condition): Promise<string[]> => {
    const { rows } = await db.query<{ item: string }>(
      `select distinct s.${NAME} as item from "Sku" s
        where s.shop = $1 and s.${NAME} is not null and ${sql.replace("?", "$2")} limit ${String(FEW + 1)}`,
      [shop, ...values],
    );
    return rows.map(({ item }) => item);
  };
  const these = ([sql, ...values]: Condition, found: string[]): Condition =>
    found.length <= FEW
      ? [`${ITEM} = any(?)`, found]
      : [`exists (select from "Sku" s where s.shop = $1 and s.${NAME} = ${ITEM} and ${sql})`, ...values];
  const byCode: Condition = [`s."skuCode" = any(?)`, [search, search.toUpperCase()]];
  const exact = await items(byCode);
  if (exact.length > 0) return these(byCode, exact);
  const byWords: Condition = [`${words} @@ to_tsquery('simple', ?)`, query];
  return these(byWords, [...(await items(byWords)), search]);
}
