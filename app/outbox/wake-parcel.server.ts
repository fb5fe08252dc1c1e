import type { Db } from "#app/lib/db.server.ts";
import { notifyOutbox } from "./notify-outbox.server.ts";

/**
 * What was to be told of a parcel and waits for a person is looked at anew when the parcel is taken back: the question is over, and
 * what the order wishes later is held back by it no longer. Nothing of it leaves; what a try may have made is found
 * as after a person's "send again".
 */
export async function wakeParcel(
  tx: Db,
  { shop, orderId, parcelId }: { shop: string; orderId: string; parcelId: string },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update "Outbox" set status = 'waiting', "nextRetryAt" = null, "leasedUntil" = null, "errorCode" = null, error = null, conflict = null,
       answer = answer - '{jobEnded,next}'::text[]
     where shop = $1 and entity = 'order' and "entityId" = $2 and status in ('conflict', 'refused') and payload->>'parcelId' = $3
       and kind in ('fulfillmentCreate', 'trackingUpdate', 'fulfillmentEvent')`,
    [shop, orderId, parcelId],
  );
  if (rowCount) await notifyOutbox(tx);
}
