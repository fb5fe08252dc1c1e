import type { Db } from "#app/lib/db.server.ts";
import { notifyOutbox } from "./notify-outbox.server.ts";

/**
 * Receipts of which Shopify was not told because each was a part only, and that are all there is to pay now: they are told. What a
 * person chose to leave (dropped without a reason of ours) stays left.
 */
export async function wakePartPayments(
  tx: Db,
  { shop, receipts }: { shop: string; receipts: readonly { orderId: string; receiptId: string }[] },
): Promise<void> {
  if (receipts.length === 0) return;
  const { rowCount } = await tx.query(
    `update "Outbox" o set status = 'waiting', "nextRetryAt" = null, error = null, "endedAt" = null
     from unnest($2::text[], $3::text[]) as u("orderId", "receiptId")
     where o.shop = $1 and o.entity = 'order' and o."entityId" = u."orderId" and o.kind = 'orderMarkAsPaid' and o.status = 'dropped'
       and o.error is not null and o.payload->>'receiptId' = u."receiptId"`,
    [shop, receipts.map(({ orderId }) => orderId), receipts.map(({ receiptId }) => receiptId)],
  );
  if (rowCount) await notifyOutbox(tx);
}
