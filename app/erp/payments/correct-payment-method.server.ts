import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";

/** What a person says about one order's payment. */
export type Correction = {
  shop: string;
  shopifyOrderId: string;
  /** Null takes an earlier correction back: the rules decide again. */
  method: "COD" | "Prepaid" | null;
  actor: string;
  reason: string;
  now: Date;
};

/**
 * Writes down that an order is COD or Prepaid whatever its gateways say, who said so and why, and makes the order
 * pending, so that it is computed with it; all or nothing. An entry in quarantine stays there.
 * @throws AppError NOT_FOUND when the shop has no such order
 */
export async function correctPaymentMethod(pool: Pool, correction: Correction): Promise<void> {
  const { shop, shopifyOrderId, method, actor, reason, now } = correction;
  await inTransaction(pool, async (tx) => {
    // First, for its lock: a worker that has the order right now ends before, and the order is pending after it.
    const entry = await tx.query(
      `update "ShopifyOrderCache" set "processedAt" = null where shop = $1 and id = $2`,
      [shop, shopifyOrderId],
    );
    if (entry.rowCount === 0)
      throw new AppError("NOT_FOUND", `There is no order ${shopifyOrderId} in ${shop}`);

    const { rows } = await tx.query<{ method: string | null }>(
      `select details->>'method' as method from "ErpFact"
        where shop = $1 and "shopifyOrderId" = $2 and kind = 'payment_method' order by id desc limit 1`,
      [shop, shopifyOrderId],
    );
    await tx.query(
      `insert into "ErpFact" (shop, "shopifyOrderId", kind, details, actor, at)
       values ($1, $2, 'payment_method', $3, $4, $5)`,
      [shop, shopifyOrderId, JSON.stringify({ method, reason }), actor, now],
    );
    await recordAudit(tx, {
      ...{ shop, actor, now, action: "order.payment_method", target: shopifyOrderId },
      details: { from: rows[0]?.method ?? null, to: method, reason },
    });
  });
}
