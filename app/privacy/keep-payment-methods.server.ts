import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * A shop may tell COD from prepaid by an order's attributes, which are the person's and go. How these orders are paid was
 * decided while they were there: it is kept as a fact, so that what is to be collected stays.
 */
export async function keepPaymentMethods(
  tx: Db,
  { shop, orderIds, now }: { shop: string; orderIds: readonly string[]; now: Date },
): Promise<void> {
  if (!(await mayReadAttributes(tx, shop))) return;
  await tx.query(
    `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, details, actor, at)
     SELECT shop, "shopifyOrderId", 'payment_method', jsonb_build_object('method', "paymentMethod"), 'privacy', $3 FROM "Order" o
     WHERE shop = $1 AND "shopifyOrderId" = ANY($2) AND attributes <> '[]' AND NOT EXISTS (
       SELECT 1 FROM "ErpFact" f WHERE f.shop = $1 AND f."shopifyOrderId" = o."shopifyOrderId" AND f.kind = 'payment_method')`,
    [shop, orderIds, now],
  );
}

/** Settings that cannot be read may say so; they must not keep a person from being forgotten. */
async function mayReadAttributes(tx: Db, shop: string): Promise<boolean> {
  try {
    const { paymentRules } = await loadSettings(tx, { shop });
    return paymentRules.some((rule) => rule.on === "attribute");
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}
