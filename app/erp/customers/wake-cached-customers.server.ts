import type { Db } from "#app/lib/db.server.ts";

/**
 * What is cached of customers whose record was just made becomes pending again. An entry that a worker holds is
 * passed over: it waits for `lockCustomerMerge` or `lockCustomerCreation`, which the caller holds, and will find the record.
 */
export async function wakeCachedCustomers(
  tx: Db,
  { shop, shopifyCustomerIds }: { shop: string; shopifyCustomerIds: readonly string[] },
): Promise<void> {
  if (shopifyCustomerIds.length === 0) return;
  await tx.query(
    `update "ShopifyCustomerCache" done set "processedAt" = null
       from (select id from "ShopifyCustomerCache"
              where shop = $1 and id = any($2) and "processedAt" is not null for update skip locked) free
      where done.shop = $1 and done.id = free.id`,
    [shop, shopifyCustomerIds],
  );
}
