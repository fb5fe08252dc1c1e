import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

import { beginFeed } from "./begin-feed.server.ts";
import { feedBound } from "./feed-database.ts";

const BATCH = 5000;

/**
 * Drops the beginning of a shop's feed that is older than its `feedRetentionDays`, 5,000 rows a transaction, and remembers in it how
 * far: a cursor of before is told so, never passed over what is gone. Always a beginning, up to the first row that is young enough.
 * @param signal ends it between two transactions; the next run goes on
 * @returns how many rows
 */
export async function dropOldFeed(
  pool: Pool,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  await beginFeed(pool, { shop });
  const { feedRetentionDays } = await loadSettings(pool, { shop });
  const before = daysBefore(now, feedRetentionDays);
  let dropped = 0;
  for (;;) {
    const count = await inTransaction(pool, async (tx) => {
      // One at a time: what another has dropped meanwhile is then seen.
      await tx.query(`select from "FeedState" where shop = $1 for update`, [shop]);
      const { rowCount } = await tx.query(
        `with head as (
           select "transactionId", seq, bool_or(at >= $2) over (order by "transactionId", seq) as young from "ChangeFeed"
            where shop = $1 and "transactionId" < ${feedBound} order by "transactionId", seq limit $3),
         old as (select "transactionId", seq from head where not young),
         remembered as (
           update "FeedState" set "droppedTransactionId" = last."transactionId", "droppedSeq" = last.seq
             from (select * from old order by "transactionId" desc, seq desc limit 1) last where shop = $1)
         delete from "ChangeFeed" feed using old where feed.shop = $1 and feed.seq = old.seq`,
        [shop, before, BATCH],
      );
      return rowCount ?? 0;
    });
    dropped += count;
    if (count < BATCH || signal?.aborted) return dropped;
  }
}
