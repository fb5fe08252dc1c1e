import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

/**
 * A shop may tell COD from prepaid by an order's attributes, which are the person's and go. How these orders are paid was
 * decided while they were there: it is kept as a fact, so that what is to be collected stays.
 */
export async function keepPaymentMethods(
  tx: Db,
  { shop, orderIds, now }: { shop: string; orderIds: readonly string[]; now: Date },
): Promise<void> {
  const { paymentRules } = await loadSettings(tx, { shop });
  if (paymentRules.every((rule) => rule.on !== "attribute")) return;
  await tx.query(
    `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, details, actor, at)
     SELECT shop, "shopifyOrderId", 'payment_method', jsonb_build_object('method', "paymentMethod"), 'privacy', $3 FROM "Order" o
     WHERE shop = $1 AND "shopifyOrderId" = ANY($2) AND attributes <> '[]' AND NOT EXISTS (
       SELECT 1 FROM "ErpFact" f WHERE f.shop = $1 AND f."shopifyOrderId" = o."shopifyOrderId" AND f.kind = 'payment_method')`,
    [shop, orderIds, now],
  );
}
