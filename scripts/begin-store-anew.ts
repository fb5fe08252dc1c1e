import type { Pool, PoolClient } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";

/** How a store that is drawn from a seed, or read from a file that names none, is called: simulator/store/README.md. */
const DEMO_STORE = /^sim-(?:s\d+-n\d+|[0-9a-f]{10})\.myshopify\.com$/;

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
    await removeShop(tx, shop);
    return true;
  });
}

/**
 * Removes what the stores of earlier demos left: they are in no process any more, and as long as they seem to have the app, commands
 * ask which shop is meant and the figures count them. Stores of other names stay.
 * @param keep the store of this run
 * @returns the names of those that were removed
 */
export async function removeEarlierStores(pool: Pool, { keep }: { keep: string }): Promise<string[]> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ shop: string }>(`select shop from "Shop" where shop <> $1`, [keep]);
    const earlier = rows.map(({ shop }) => shop).filter((shop) => DEMO_STORE.test(shop));
    for (const shop of earlier) await removeShop(tx, shop);
    return earlier;
  });
}

async function removeShop(tx: PoolClient, shop: string): Promise<void> {
  const { rows: tables } = await tx.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where c.table_schema = 'public' and c.column_name = 'shop' and t.table_type = 'BASE TABLE' order by 1`,
  );
  for (const { name } of tables) await tx.query(`delete from "${name}" where shop = $1`, [shop]);
}
