import {
  findStockItems,
  searchStock,
  type FindStockItemsOptions,
} from "#app/erp/inventory/find-stock-items.server.ts";
import { listStockLocations } from "#app/erp/inventory/list-stock-locations.server.ts";
import { stockViews, type StockItem, type StockLocation } from "#app/erp/inventory/stock-item.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";

import { readListQuery } from "./read-list-query.ts";

/** What the list of stock and its export are asked; which locations there are is for the database to say. */
export async function readStockQuery(
  db: Db,
  request: Request,
  { shop }: { shop: string },
): Promise<{
  locations: StockLocation[];
  ignored: string[];
  isGone: boolean;
  chosen: readonly string[] | undefined;
  at: ListAt;
  load: (db: Db, limit: number, at: ListAt) => Promise<ListPage<StockItem>>;
}> {
  const locations = await listStockLocations(db, { shop });
  const { search, choices, sort, at, ignored } = readListQuery(request, {
    choices: { location: locations.map(({ id }) => id), stock: stockViews, tracked: ["yes", "no"] },
    sorts: ["item desc", "item asc"],
  });
  const [tracked, other] = new Set(choices.tracked);
  const asked: Omit<FindStockItemsOptions, "at" | "limit"> = {
    ...{ shop, search, sort, views: choices.stock, locationIds: choices.location },
    // Where both are chosen, all are.
    tracked: tracked === undefined || other !== undefined ? undefined : tracked === "yes",
  };
  const found = await searchStock(db, { shop, search });
  return {
    ...{ locations, ignored, at, chosen: choices.location },
    isGone: choices.stock?.includes("gone") ?? false,
    load: (from, limit, at) => findStockItems(from, { ...asked, found, limit, at }),
  };
}
