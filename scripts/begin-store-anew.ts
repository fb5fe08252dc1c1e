import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";

/**
 * A simulated store begins every run as it was made, but what happened in it in an earlier run stands in the database: orders that
 * are in no store any more, and newer states of those that are. Where it has lived, all its rows are removed, so that it is synced
 * as if for the first time; where it has not, they stay, and syncing it once more changes nothing.
 * @returns whether there was something to remove
 */
export async function beginStoreAnew(pool: Pool, shop: string): Promise<boolean> {
  return inRepeatedTransaction(pool, async (tx) => {
    const lived = await tx.query(
      `select from "WebhookDelivery" where shop = $1 and topic <> 'bulk_operations/finish' limit 1`,
      [shop],
    );
    if (lived.rowCount === 0) return false;
    const { rows: tables } = await tx.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
       join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
       where c.table_schema = 'public' and c.column_name = 'shop' and t.table_type = 'BASE TABLE' order by 1`,
    );
    for (const { name } of tables) await tx.query(`delete from "${name}" where shop = $1`, [shop]);
    return true;
  });
}
