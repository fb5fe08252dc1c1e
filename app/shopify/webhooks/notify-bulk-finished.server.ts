import type { Pool } from "pg";

/** The channel on which the worker's poller waits for bulk operations; payload "{shop} {gid}". */
export const bulkFinishedChannel = "shopify_bulk";

/** Wakes the poller of a bulk operation. Only a saving of time: it polls anyway, as the webhook may never come. */
export async function notifyBulkFinished(
  pool: Pool,
  { shop, gid }: { shop: string; gid: string },
): Promise<void> {
  await pool.query("select pg_notify($1, $2)", [bulkFinishedChannel, `${shop} ${gid}`]);
}
