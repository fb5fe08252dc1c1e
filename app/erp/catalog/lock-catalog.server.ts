import type { Db } from "#app/lib/db.server.ts";

/**
 * One writer of a shop's catalogue at a time, until the transaction ends. "Unique on both sides" is a
 * question about the whole catalogue, so two batches answering it at once could both be right alone
 * and wrong together. Products are few beside orders; nobody waits long. Orders take it only to make
 * placeholders, so whoever holds it waits for no row of the orders' cache.
 * Take it before reading: what another batch committed is then seen.
 */
export async function lockCatalog(tx: Db, { shop }: { shop: string }): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('catalog:' || $1, 0))`, [shop]);
}
