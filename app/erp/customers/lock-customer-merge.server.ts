import type { Db } from "#app/lib/db.server.ts";

/**
 * Whoever looks up which record a Shopify customer is holds "read" (any number at a time) until its transaction ends;
 * whoever makes one record of two holds "merge" (alone). So no order is written with a record that is gone, and no
 * record is made beside one that a merge just remembered. Take it before any other lock on customers.
 */
export async function lockCustomerMerge(
  tx: Db,
  { shop, to }: { shop: string; to: "read" | "merge" },
): Promise<void> {
  const lock = to === "read" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await tx.query({
    name: `lock-customer-merge-${to}`,
    text: `select ${lock}(hashtextextended('customer-merge:' || $1, 0))`,
    values: [shop],
  });
}
