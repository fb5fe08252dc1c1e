import type { Db } from "#app/lib/db.server.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";

/**
 * What is cached of customers whose record was just made becomes pending again. An entry that a worker holds is
 * passed over: it waits for `lockCustomerMerge` or `lockCustomerCreation`, which the caller holds, and will find the record.
 */
export async function wakeCachedCustomers(
  tx: Db,
  { shop, shopifyCustomerIds }: { shop: string; shopifyCustomerIds: readonly string[] },
): Promise<void> {
  await wakeEntries(tx, { shop, kind: "customer", ids: shopifyCustomerIds });
}
