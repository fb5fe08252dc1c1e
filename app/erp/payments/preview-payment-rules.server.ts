import type { Db } from "#app/lib/db.server.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";
import { findPaymentChanges, type PaymentChange } from "./find-payment-changes.server.ts";

/** What a list of rules would do to the orders that are there. Test orders and orders about to be computed are left out. */
export type RulesPreview = {
  /** Orders looked at. */
  orders: number;
  /** Of these, the ones whose verdict changes in any way: method, hold, or names that are unknown. */
  changed: number;
  becomeCod: number;
  becomePrepaid: number;
  becomeHeld: number;
  becomeReleased: number;
  /** The first of the changed ones. */
  examples: Pick<PaymentChange, "shopifyOrderId" | "orderNumber" | "from" | "to">[];
};

/**
 * Tries proposed rules out on every order of a shop without saving them. Reads all orders in pages: a second per
 * hundred thousand or so.
 */
export async function previewPaymentRules(
  db: Db,
  { shop, rules, examples = 20 }: { shop: string; rules: readonly PaymentRule[]; examples?: number },
): Promise<RulesPreview> {
  const preview: RulesPreview = {
    orders: 0,
    changed: 0,
    becomeCod: 0,
    becomePrepaid: 0,
    becomeHeld: 0,
    becomeReleased: 0,
    examples: [],
  };
  for await (const page of findPaymentChanges(db, { shop, rules })) {
    preview.orders += page.counted;
    for (const { test, processed, shopifyOrderId, orderNumber, from, to } of page.changes) {
      if (test || !processed) continue;
      preview.changed++;
      if (from.paymentMethod !== to.paymentMethod)
        preview[to.paymentMethod === "COD" ? "becomeCod" : "becomePrepaid"]++;
      if (from.hold !== to.hold) preview[to.hold ? "becomeHeld" : "becomeReleased"]++;
      if (preview.examples.length < examples)
        preview.examples.push({ shopifyOrderId, orderNumber, from, to });
    }
  }
  return preview;
}
