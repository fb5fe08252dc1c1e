import type { Db } from "#app/lib/db.server.ts";

/**
 * Orders that failed for an unknown SKU become pending again, those in quarantine too: what they
 * waited for may be here now. All of the shop's, because an order names several SKUs and any of them
 * may have come; one whose SKU is still missing simply fails again.
 * @returns how many
 */
export async function wakeOrdersWaitingForSkus(tx: Db, { shop }: { shop: string }): Promise<number> {
  const { rowCount } = await tx.query(
    `update "ShopifyOrderCache"
        set "errorCode" = null, "processingError" = null, attempts = 0, "nextRetryAt" = null, "quarantinedAt" = null
      where shop = $1 and "errorCode" = 'SKU_NOT_FOUND'`,
    [shop],
  );
  return rowCount ?? 0;
}
