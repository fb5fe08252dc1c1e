import { adjustErpStock, setErpStock, setSafetyStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { PageRequest } from "./load-page.server.ts";
import type { StockIntent } from "./stock-intent.ts";

/**
 * Does what a person wants on the page of stock, and says how it went.
 * @throws AppError where it cannot be done, in words
 */
export async function performStockIntent(
  { context, pool, shop, userId: actor, now }: PageRequest,
  intent: StockIntent,
): Promise<PageAnswer> {
  if (intent.intent === "sync-stock") {
    await startJob(context, { shop, jobType: "inventory", requestedBy: "page" });
    return { ok: true, message: "Stock sync started" };
  }
  const { change, skuId, locationId, units, key } = intent;
  const once = { caller: `page:${actor}`, key, request: { change, skuId, locationId, units } };
  const of = { shop, skuId, locationId, actor, now, once };
  const { words } =
    change === "set"
      ? await setErpStock(pool, { ...of, sellableQty: units })
      : change === "adjust"
        ? await adjustErpStock(pool, { ...of, by: units })
        : await setSafetyStock(pool, { ...of, safetyStockQty: units });
  return { ok: true, message: words };
}
