import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { comparedLevels, comparedValues, fedNowhere, isDiffering, target } from "./compared-levels.ts";
import { searchStock } from "./find-stock-items.server.ts";
import {
  stockSkips,
  type StockCompareCounts,
  type StockCompareRow,
  type StockShow,
} from "./stock-compare-row.ts";
import { unprocessedDemand } from "./unprocessed-demand.server.ts";

export type StockComparisonFilter = {
  show: StockShow;
  /** A SKU's code, words of its title, its barcode, or Shopify's inventory item; empty: nothing. */
  search?: string | undefined;
};

/** `waits`: why no stock is sent for now, for a person; null where it is. */
type StockComparison = ListPage<StockCompareRow> & Pick<StockCompareCounts, "waits">;

const SORT: ListSort = { columns: [{ sql: "c.id", type: "text" }], direction: "desc" };

const shownBy: Record<StockShow, Condition[]> = {
  all: [],
  differ: [[isDiffering]],
  skipped: [["c.skipped is not null"]],
};

/**
 * One page of what the ERP would have Shopify show beside what it shows, a row a level, the newest items first; Shopify is not asked,
 * and nothing is changed. What the ERP has for locations where Shopify does not stock the item stands among the skipped.
 */
export async function loadStockComparison(
  db: Db,
  { shop, filter, at, limit }: { shop: string; filter: StockComparisonFilter; at: ListAt; limit: number },
): Promise<StockComparison> {
  const { stock } = await loadSettings(db, { shop });
  const { demand, waits } = await unprocessedDemand(db, { shop });
  const values = comparedValues({ shop, locations: stock.locations, demand });
  const found = await searchStock(db, { shop, search: filter.search ?? "" });
  const levels =
    filter.show === "differ" ? comparedLevels() : `${comparedLevels()} union all ${fedNowhere()}`;
  const page = await loadListPage<StockCompareRow>(
    { sort: SORT, at, limit, keyOf: (row) => [`${row.inventoryItemId}@${row.locationId}`] },
    async (page) => {
      const { and, values: all } = askedConditions(
        [...values, page.limit],
        [...shownBy[filter.show], ...(found === null ? [] : [found]), ...page.conditions],
      );
      const { rows } = await db.query<StockCompareRow>(
        `with page as materialized (select * from (${levels}) c where true${and} order by ${page.orderBy} limit $6)
         select c."shopifyInventoryItemId" as "inventoryItemId", c."shopifyLocationId" as "locationId", l.name as "locationName",
           c."skuId", c."skuCode", c.title, c.sellable as "sellableQty", c.safety as "safetyQty", c.unprocessed as "unprocessedQty",
           ${target} as "targetQty", c.shopify as "shopifyQty", ${target} - c.shopify as difference, c.skipped,
           (select coalesce(sum(line.qty - line."cancelledQty"), 0)::int from "OrderLine" line
              join "Order" o on o.shop = $1 and o."shopifyOrderId" = line."shopifyOrderId"
             where line.shop = $1 and line."skuId" = c."skuId" and o."createdAt" > c.said and not o.test and not o."isHistory"
               and o."cancelledAt" is null) as "orderedSince"
         from page c left join "ShopifyLocation" l on l.shop = $1 and l.id = c."shopifyLocationId"
         order by ${page.orderBy}`,
        all,
      );
      return rows;
    },
  );
  return { ...page, waits };
}

/** The whole comparison in figures: what a person sees before stock is pushed for the first time. */
export async function countStockComparison(db: Db, { shop }: { shop: string }): Promise<StockCompareCounts> {
  const { stock } = await loadSettings(db, { shop });
  const { demand, orders, waits } = await unprocessedDemand(db, { shop });
  const skips = stockSkips.map((skip) => `count(*) filter (where c.skipped = '${skip}') as ${skip}`);
  const { rows } = await db.query<Record<string, number>>(
    `select count(*) as levels, count(*) filter (where ${isDiffering}) as differ,
       count(*) filter (where ${isDiffering} and ${target} > coalesce(c.shopify, 0)) as raised,
       count(*) filter (where ${isDiffering} and ${target} < c.shopify) as lowered,
       count(*) filter (where c.skipped is null and not ${isDiffering}) as equal, ${skips.join(", ")}
     from (${comparedLevels()} union all ${fedNowhere()}) c`,
    comparedValues({ shop, locations: stock.locations, demand }),
  );
  const [counted = {}] = rows;
  const figure = (name: string) => counted[name] ?? 0;
  return {
    ...{ levels: figure("levels"), equal: figure("equal"), differ: figure("differ") },
    ...{ raised: figure("raised"), lowered: figure("lowered") },
    skipped: {
      ...{ archived: figure("archived"), bundle: figure("bundle"), untracked: figure("untracked") },
      ...{ not_stocked: figure("not_stocked"), nothing_said: figure("nothing_said") },
    },
    ...{ unprocessedOrders: orders, waits },
  };
}
