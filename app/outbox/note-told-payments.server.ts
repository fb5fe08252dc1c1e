import type { Db } from "#app/lib/db.server.ts";

/**
 * Receipts of which Shopify was not told by an update of their own, and knows now: with another one, or by hand. Nothing is left to be
 * decided about them.
 */
export async function noteToldPayments(
  tx: Db,
  {
    shop,
    orderId,
    receiptIds,
    now,
  }: { shop: string; orderId: string; receiptIds: readonly string[]; now: Date },
): Promise<void> {
  if (receiptIds.length === 0) return;
  await tx.query(
    `UPDATE "Outbox" SET status = 'already', error = NULL, "sentAt" = $4, "endedAt" = $4,
       answer = coalesce(answer, '{}') || jsonb_build_object('said', 'Shopify knows of it together with a later receipt of the order.')
     WHERE shop = $1 AND entity = 'order' AND "entityId" = $2 AND kind = 'orderMarkAsPaid' AND status = 'dropped'
       AND payload->>'receiptId' = any($3)`,
    [shop, orderId, receiptIds, now],
  );
}
