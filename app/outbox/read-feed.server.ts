import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";

import { beginFeed } from "./begin-feed.server.ts";
import { feedBound, feedDatabase } from "./feed-database.ts";
import { isBefore, type FeedPosition } from "./feed-position.ts";

export type FeedChange = {
  /** Stays the same however often it is read. Not in the order of the feed. */
  id: string;
  entity: string;
  entityId: string;
  change: string;
  parts: string[];
  /** Of an order's lines, parcels and returns those that changed. */
  ids: Record<string, string[]>;
  at: Date;
};

export type FeedPage = {
  changes: FeedChange[];
  /** Where to go on; there also when nothing changed. */
  next: FeedPosition;
  hasMore: boolean;
  /** Since when changes wait for an older transaction to end; null where none does. */
  heldBackSince: Date | null;
};

type Row = {
  epoch: string;
  here: boolean;
  bound: string;
  /** Where the feed begins: what retention has dropped last, or zero. */
  begins: string;
  beginsSeq: string;
  heldBackSince: Date | null;
  transactionId: string | null;
  seq: string;
} & Omit<FeedChange, "id">;

/**
 * What changed in a shop after a position: docs/decisions/018 says why nothing is missed and nothing comes twice.
 * @param options.after null: from the oldest kept; "now": no changes, but the newest position there is
 * @throws AppError FEED_EXPIRED where the position is older than what is kept, or of another database
 */
export async function readFeed(
  pool: Pool,
  options: { shop: string; after: FeedPosition | "now" | null; limit: number },
): Promise<FeedPage> {
  const { shop, after, limit } = options;
  let rows = await ask(pool, options);
  if (rows[0]?.here !== true) {
    await beginFeed(pool, { shop });
    rows = await ask(pool, options);
  }
  const [feed] = rows;
  if (!feed) throw new Error(`the feed of ${shop} was ended while it was read`);
  const { epoch, heldBackSince } = feed;
  const begins = { epoch, transactionId: feed.begins, seq: feed.beginsSeq };
  const found = rows.flatMap((row) =>
    row.transactionId === null ? [] : { ...row, transactionId: row.transactionId },
  );
  const place = ({ transactionId, seq }: (typeof found)[number]) => ({ epoch, transactionId, seq });
  if (after === "now") {
    const [newest] = found;
    return { changes: [], next: newest ? place(newest) : begins, hasMore: false, heldBackSince };
  }
  if (after !== null) refuseUnlessGood(after, { begins, bound: feed.bound });
  const told = found.slice(0, limit);
  const last = told.at(-1);
  return {
    changes: told.map(({ seq: id, entity, entityId, change, parts, ids, at }) => ({
      ...{ id, entity, entityId, change, parts, ids, at },
    })),
    next: last ? place(last) : (after ?? begins),
    hasMore: found.length > limit,
    heldBackSince,
  };
}

/** One statement, so that the bound, what was dropped, and the rows are of one snapshot. */
async function ask(pool: Pool, { shop, after, limit }: Parameters<typeof readFeed>[1]): Promise<Row[]> {
  const from = after === "now" ? null : after;
  const direction = after === "now" ? "desc" : "asc";
  const { rows } = await pool.query<Row>(
    `select feed.epoch, feed.here, feed.bound::text, feed.begins::text, feed."beginsSeq"::text, held.at as "heldBackSince",
       told."transactionId"::text, told.seq::text, told.entity, told."entityId", told.change, told.parts, told.ids, told.at
     from (select epoch, database = ${feedDatabase} as here, ${feedBound} as bound,
             coalesce("droppedTransactionId", 0) as begins, coalesce("droppedSeq", 0) as "beginsSeq"
           from "FeedState" where shop = $1) feed
       left join lateral (select at from "ChangeFeed" where shop = $1 and "transactionId" >= feed.bound
           order by "transactionId", seq limit 1) held on true
       left join lateral (select * from "ChangeFeed" where shop = $1 and "transactionId" < feed.bound
             and ("transactionId", seq) > (coalesce($2::bigint, feed.begins), coalesce($3::bigint, feed."beginsSeq"))
           order by "transactionId" ${direction}, seq ${direction} limit $4) told on true
     order by told."transactionId" ${direction}, told.seq ${direction}`,
    [shop, from?.transactionId, from?.seq, after === "now" ? 1 : limit + 1],
  );
  return rows;
}

function refuseUnlessGood(
  after: FeedPosition,
  { begins, bound }: { begins: FeedPosition; bound: string },
): void {
  // At or beyond the bound nothing was ever told: a standby that took over before it knew all that was read from its primary.
  if (after.epoch !== begins.epoch || BigInt(after.transactionId) >= BigInt(bound))
    throw new AppError(
      "FEED_EXPIRED",
      "This cursor is of another database, or of one that was restored since.",
    );
  if (isBefore(after, begins))
    throw new AppError("FEED_EXPIRED", "What came after this cursor is not kept any more.");
}
