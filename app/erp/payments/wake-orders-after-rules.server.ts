import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";
import { findPaymentChanges } from "./find-payment-changes.server.ts";

/**
 * Makes pending exactly the orders that the rules `after` judge otherwise, so that they are computed again; to be
 * called once `after` is saved. A page of orders is one transaction, and an order that a worker has in hand is waited
 * for. Calling it again (after a crash) finds what is left; an order of which only the hold changes may be computed
 * twice, which changes nothing.
 * @returns how many orders became pending
 */
export async function wakeOrdersAfterRules(
  pool: Pool,
  options: { shop: string; before: readonly PaymentRule[]; after: readonly PaymentRule[]; pageSize?: number },
): Promise<number> {
  let woken = 0;
  for await (const { changes } of findPaymentChanges(pool, options)) {
    if (changes.length === 0) continue;
    const values = [options.shop, changes.map(({ shopifyOrderId }) => shopifyOrderId)];
    woken += await inTransaction(pool, async (tx) => {
      // In the order every writer of the cache takes its locks; only the next statement sees what a worker left behind.
      await tx.query(
        `select 1 from "ShopifyOrderCache" where shop = $1 and id = any($2) order by id for update`,
        values,
      );
      const { rowCount } = await tx.query(
        `update "ShopifyOrderCache" set "processedAt" = null
          where shop = $1 and id = any($2) and "processedAt" is not null`,
        values,
      );
      return rowCount ?? 0;
    });
  }
  return woken;
}
