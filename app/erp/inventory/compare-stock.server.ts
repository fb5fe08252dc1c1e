import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import {
  loadListPage,
  type ListAt,
  type ListPage,
  type ListPageSql,
  type ListSort,
} from "#app/lib/list-page.ts";
import {
  comparedLevels,
  comparedValues,
  fedNowhere,
  IS_COMPARED,
  isDiffering,
  target,
} from "./compared-levels.ts";
import { searchStock } from "./find-stock-items.server.ts";
import { loadCompared, type Compared } from "./load-compared.server.ts";
import type { StockCompareCounts, StockCompareRow, StockShow } from "./stock-compare-row.ts";

export type StockComparisonFilter = {
  show: StockShow;
  /** A SKU's code, words of its title, its barcode, or Shopify's inventory item; empty: nothing. */
  search?: string | undefined;
};

/** `waits`: why no stock is sent for now, for a person; null where it is. */
type StockComparison = ListPage<StockCompareRow> & Pick<StockCompareCounts, "waits">;

const ITEM = `c."shopifyInventoryItemId"`;
const SORT: ListSort = {
  columns: [
    { sql: ITEM, type: "text" },
    { sql: `c."shopifyLocationId"`, type: "text" },
  ],
  direction: "desc",
};

const shownBy: Record<StockShow, Condition[]> = {
  all: [],
  differ: [[isDiffering]],
  skipped: [["c.skipped is not null"]],
};

/** So many levels are walked for a page, or twice as many as it has rows: where fewer of them are shown than fill it, all are compared. */
const WALKED = 1500;

type Comparison = Compared & {
  filter: StockComparisonFilter;
  found: Condition | null;
};

/**
 * One page of what the ERP would have Shopify show beside what it shows, a row a level, the newest items first; Shopify is not asked,
 * and nothing is changed. What the ERP has for locations where Shopify does not stock the item stands among the skipped.
 */
export async function loadStockComparison(
  db: Db,
  { shop, filter, at, limit }: { shop: string; filter: StockComparisonFilter; at: ListAt; limit: number },
): Promise<StockComparison> {
  const { waits, ...compared } = await loadCompared(db, { shop });
  const found = await searchStock(db, { shop, search: filter.search ?? "" });
  const rows = await loadListPage<StockCompareRow>(
    { sort: SORT, at, limit, keyOf: (row) => [row.inventoryItemId, row.locationId] },
    async (page) => {
      const one = { ...compared, filter, found };
      const walked = await readPage(db, walkedPage(one, page));
      return walked.length === page.limit ? walked : readPage(db, wholePage(one, page));
    },
  );
  return { ...rows, waits };
}

type PageSql = { page: string; orderBy: string; values: unknown[] };

async function readPage(db: Db, { page, orderBy, values }: PageSql): Promise<StockCompareRow[]> {
  const { rows } = await db.query<StockCompareRow>(
    `with ${page}
     select c."shopifyInventoryItemId" as "inventoryItemId", c."shopifyLocationId" as "locationId", l.name as "locationName",
       c."skuId", c."skuCode", c.title, c.sellable as "sellableQty", c.safety as "safetyQty", c.unprocessed as "unprocessedQty",
       ${target} as "targetQty", c.shopify as "shopifyQty", ${target} - c.shopify as difference, c.skipped,
       (select coalesce(sum(line.qty - line."cancelledQty"), 0)::int from "OrderLine" line
          join "Order" o on o.shop = $1 and o."shopifyOrderId" = line."shopifyOrderId"
         where line.shop = $1 and line."skuId" = c."skuId" and o."createdAt" > c.said and not o.test and not o."isHistory"
           and o."cancelledAt" is null) as "orderedSince"
     from page c left join "ShopifyLocation" l on l.shop = $1 and l.id = c."shopifyLocationId"
     order by ${orderBy}`,
    values,
  );
  return rows;
}

/**
 * The page as far as the levels beside its edge fill it: walked along the index by item, a few of them compared. Of what stands nowhere
 * only what belongs among them is looked for. Fewer rows than the page's limit say nothing of the others.
 */
function walkedPage(
  { filter: { show }, found, ...compared }: Comparison,
  { conditions, orderBy, limit, key, isDescending }: ListPageSql,
): PageSql {
  const beside = [...(found === null ? [] : [found]), ...conditions];
  const levels = askedConditions([...comparedValues(compared), limit, Math.max(WALKED, 2 * limit)], beside);
  const walked = `select c.* from "ShopifyInventoryCache" c where ${IS_COMPARED} and c."skuId" is not null${levels.and} order by ${orderBy} limit $8`;
  const shown = askedConditions([], shownBy[show]).and;
  const page = `levels as materialized (select * from (${comparedLevels({ walked })}) c where true${shown} order by ${orderBy} limit $7)`;
  if (show === "differ")
    return { page: `${page}, page as (select * from levels)`, orderBy, values: levels.values };
  const [isFrom, isTo, last] = isDescending ? ["<=", ">=", "min"] : [">=", "<=", "max"];
  const nowhere = askedConditions(levels.values, [
    ...beside,
    ...(key === null ? [] : [[`${ITEM} ${isFrom} ?`, key[0]] as const]),
  ]);
  return {
    page: `${page}, page as materialized (select * from (select * from levels union all
        select * from (${fedNowhere({ isLookedUp: true })}) c where ${ITEM} ${isTo} (
          select ${last}(${ITEM}) from levels c having count(*) = $7)${nowhere.and}) c order by ${orderBy} limit $7)`,
    ...{ orderBy, values: nowhere.values },
  };
}

/** The page out of all levels, compared in one pass. */
function wholePage(
  { filter: { show }, found, pass, ...compared }: Comparison,
  { conditions, orderBy, limit }: ListPageSql,
): PageSql {
  const levels = [comparedLevels({ pass }), ...(show === "differ" ? [] : [fedNowhere({ pass })])];
  const { and, values } = askedConditions(
    [...comparedValues(compared), limit],
    [...shownBy[show], ...(found === null ? [] : [found]), ...conditions],
  );
  return {
    page: `page as materialized (select * from (${levels.join(" union all ")}) c where true${and} order by ${orderBy} limit $7)`,
    ...{ orderBy, values },
  };
}
