import type { Pool } from "pg";
import { wakeInSlices } from "#app/erp/rules/wake-in-slices.server.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";
import { findPaymentChanges } from "./find-payment-changes.server.ts";

/**
 * Makes pending exactly the orders that `rules` judge otherwise than they were computed; to be called once the rules are saved.
 * Calling it again (after a crash) finds what is left.
 * @returns how many orders became pending
 */
export async function wakeOrdersAfterRules(
  pool: Pool,
  options: { shop: string; rules: readonly PaymentRule[]; pageSize?: number },
): Promise<number> {
  let woken = 0;
  for await (const { changes } of findPaymentChanges(pool, options))
    woken += await wakeInSlices(pool, {
      ...{ shop: options.shop, kind: "order" },
      ids: changes.map(({ shopifyOrderId }) => shopifyOrderId),
    });
  return woken;
}
