import type { Db } from "#app/lib/db.server.ts";

/**
 * Whoever turns order lines into SKUs holds "read" (any number at a time) from its first look at the catalogue to the
 * end of its transaction; a person who changes what a variant means holds "write" (alone). So no order is written by
 * a meaning that was just taken back: the change waits for the batches under way, and every entry that a worker holds
 * when the change has the lock was not looked up yet.
 *
 * Take it before any lock on rows but the claimed entries', and before `lockCatalog`.
 */
export async function lockSkuMappings(
  tx: Db,
  { shop, to }: { shop: string; to: "read" | "write" },
): Promise<void> {
  const lock = to === "read" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await tx.query({
    name: `lock-sku-mappings-${to}`,
    text: `select ${lock}(hashtextextended('sku-mappings:' || $1, 0))`,
    values: [shop],
  });
}
