import { countStockComparison } from "#app/erp/inventory/count-stock-comparison.server.ts";
import { hasReadAllStock } from "#app/erp/inventory/has-read-all-stock.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { countWaiting } from "#app/outbox/count-waiting.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { StockToSend } from "./stock-to-send.ts";

/**
 * Counts what letting stock be sent would mean now. Shopify is not asked.
 * @throws AppError SHOPIFY_STOCK_LEADS; STOCK_NOT_SYNCED before all of Shopify's stock was read once, for what is not known of is not compared
 */
export async function countStockToSend(db: Db, { shop }: { shop: string }): Promise<StockToSend> {
  if ((await loadSettings(db, { shop })).stock.leads !== "erp") throw refusal("SHOPIFY_STOCK_LEADS");
  if (!(await hasReadAllStock(db, { shop }))) throw refusal("STOCK_NOT_SYNCED");
  const { levels, equal, differ, raised, lowered, raisedUnits, loweredUnits, skipped } =
    await countStockComparison(db, { shop });
  const { waiting } = await countWaiting(db, { shop, kind: "inventorySet" });
  return { levels, equal, differ, raised, lowered, raisedUnits, loweredUnits, ...skipped, waiting };
}

function refusal(code: "SHOPIFY_STOCK_LEADS" | "STOCK_NOT_SYNCED"): AppError {
  return new AppError(code, errorCatalogue[code].words);
}
