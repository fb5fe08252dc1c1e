import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";

import { feedDatabase } from "./feed-database.ts";

/**
 * Makes a shop's feed one of this database, if it is not yet: the first time, and after the database was restored or copied. What
 * another database had told is dropped then: its transactions were numbered otherwise. Cursors of before are refused, so that nobody goes
 * on as if nothing had happened; who reads anew sees the records themselves. Done again it changes nothing.
 */
export async function beginFeed(pool: Pool, { shop }: { shop: string }): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const epoch = randomUUID();
    const { rowCount } = await tx.query(
      `insert into "FeedState" (shop, epoch, database) values ($1, $2, ${feedDatabase}) on conflict (shop) do nothing`,
      [shop, epoch],
    );
    if (rowCount === 1) return;
    const begun = await tx.query(
      `update "FeedState" set epoch = $2, database = ${feedDatabase}, "droppedTransactionId" = null, "droppedSeq" = null
        where shop = $1 and database <> ${feedDatabase}`,
      [shop, epoch],
    );
    // A transaction that is under way now has a number of this database: its rows come later, and stay.
    if (begun.rowCount === 1) await tx.query(`delete from "ChangeFeed" where shop = $1`, [shop]);
  });
}
