import type { Db } from "#app/lib/db.server.ts";

/**
 * Orders that failed for an unknown SKU become pending again, those in quarantine too: what they
 * waited for may be here now. All of the shop's, because an order names several SKUs and any of them
 * may have come; one whose SKU is still missing simply fails again.
 *
 * Orders that a worker holds at this moment are passed over, never waited for: that worker may be waiting for
 * the catalogue's lock, which the caller holds. Such an order sees the new SKU or is tried again a minute later.
 * @returns how many
 */
export async function wakeOrdersWaitingForSkus(tx: Db, { shop }: { shop: string }): Promise<number> {
  const { rowCount } = await tx.query(
    `update "ShopifyOrderCache" waiting
        set "errorCode" = null, "processingError" = null, attempts = 0, "nextRetryAt" = null, "quarantinedAt" = null
       from (select id from "ShopifyOrderCache" where shop = $1 and "errorCode" = 'SKU_NOT_FOUND' for update skip locked) free
      where waiting.shop = $1 and waiting.id = free.id`,
    [shop],
  );
  return rowCount ?? 0;
}
