import type { Receipt } from "#app/erp/facts/order-facts.ts";
import { roundToCollect } from "#app/erp/processor/round-to-collect.ts";
import { toMinor } from "#app/lib/money.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/**
 * The last of the receipts that Shopify does not know, where together they are just what it still asks for; else null. A receipt that
 * was a part may become all there is to pay: by another receipt, or because the rest was taken off the order.
 */
export function receiptThatMakesAll(
  { cancelledAt, totals, presentmentCurrency: currency }: OrderSnapshot,
  receipts: readonly Receipt[],
  round: ShopSettings["roundRupees"],
): string | null {
  const untold = receipts.filter(({ writtenBackAt }) => writtenBackAt === null);
  const left = totals.outstanding?.presentment ?? 0;
  const last = untold.at(-1);
  if (last === undefined || left <= 0 || cancelledAt !== null) return null;
  const received = untold.reduce((sum, { amount }) => sum + toMinor(amount, currency), 0);
  return received === left || received === roundToCollect(left, currency, round) ? last.id : null;
}
