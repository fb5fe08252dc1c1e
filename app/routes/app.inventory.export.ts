import type { LoaderFunctionArgs } from "@remix-run/node";

import type { StockAtLocation, StockItem } from "#app/erp/inventory/stock-item.ts";
import type { Db } from "#app/lib/db.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";

import { loadPage } from "./load-page.server.ts";
import { readStockQuery } from "./stock-query.server.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ITEMS_AT_ONCE = 500;

type Row = { item: StockItem; level: StockAtLocation; location: string | null };

const columns: CsvColumns<Row> = {
  SKU: ({ item }) => item.sku?.skuCode ?? null,
  Title: ({ item }) => item.sku?.title ?? null,
  Barcode: ({ item }) => item.sku?.barcode ?? null,
  Tracked: ({ item }) => item.sku?.tracked ?? null,
  "Inventory item id": ({ item }) => item.itemId,
  Location: ({ location }) => location,
  "Location id": ({ level }) => level.locationId,
  Available: ({ level }) => level.available,
  "On hand": ({ level }) => level.onHand,
  Committed: ({ level }) => level.committed,
  Incoming: ({ level }) => level.incoming,
  "Last change": ({ level }) => level.lastSynced,
  "Gone since": ({ level }) => level.goneAt,
};

/** The list of stock as CSV, a row an item and location, searched and filtered as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, context }) => {
    const { locations, load } = await readStockQuery(pool, request, { shop });
    const names = new Map(locations.map(({ id, name }) => [id, name]));
    async function* rows(db: Db) {
      for await (const items of everyRow((at) => load(db, ITEMS_AT_ONCE, at)))
        yield items.flatMap((item) =>
          item.levels.map((level): Row => ({ item, level, location: names.get(level.locationId) ?? null })),
        );
    }
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return streamCsv("inventory", columns, readSnapshot(pool, rows), reader);
  });
}
