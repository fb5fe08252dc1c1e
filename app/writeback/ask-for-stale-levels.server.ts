import type { Pool } from "pg";
import { wishFor } from "#app/cache/wish-for.server.ts";
import type { StockTarget } from "#app/erp/inventory/load-stock-targets.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { LiveLevel } from "./plan-stock.ts";

/** So long Shopify's news of a number that is not in the cache yet may take. */
const NEWS_TAKES_MS = 300_000;

/**
 * Where Shopify shows the ERP's number, and the cache another one, its news is late or was lost: it is asked for. Else the comparison would
 * go on to show a difference that there is none of.
 */
export async function askForStaleLevels(
  pool: Pool,
  {
    shop,
    targets,
    live,
    now,
  }: {
    shop: string;
    targets: ReadonlyMap<string, StockTarget>;
    live: ReadonlyMap<string, LiveLevel>;
    now: Date;
  },
): Promise<void> {
  const wishes = [...targets.values()].flatMap(({ id, targetQty, cachedQty }) => {
    const { available } = live.get(id) ?? {};
    if (available !== targetQty || cachedQty === available) return [];
    const due = new Date(now.getTime() + NEWS_TAKES_MS);
    return [{ id, reason: "Shopify shows another number than it has told", at: now, due }];
  });
  if (wishes.length > 0)
    await inRepeatedTransaction(pool, (tx) => wishFor(tx, { shop, kind: "inventory", wishes }));
}
