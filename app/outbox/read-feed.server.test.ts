/** The feed under concurrent writers: nothing missed, nothing twice, one order (docs/decisions/018). */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, inject } from "vitest";
import { inTransaction, type Database } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import type { FeedPosition } from "./feed-position.ts";
import { readFeed, type FeedPage } from "./read-feed.server.ts";
import { recordChanges } from "./record-changes.server.ts";

const shop = "loom.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

const tell = (tx: Parameters<typeof recordChanges>[0], ...ids: string[]) =>
  recordChanges(tx, {
    ...{ shop, now },
    changes: ids.map((entityId) => ({ entity: "order", entityId, change: "updated", parts: ["lines"] })),
  });
const idsOf = ({ changes }: FeedPage) => changes.map(({ entityId }) => entityId);

/** Other test files write in the same cluster: what is to be seen may be held back a while by them. */
const soon = (pool: pg.Pool, after: FeedPosition | null, ids: readonly string[]) =>
  expect.poll(async () => idsOf(await readFeed(pool, { shop, after, limit: 100 }))).toEqual(ids);

async function connect({ url }: Pick<Database, "url">): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Seeded: the same seed makes the same plan, though not the same interleaving. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const WRITERS = 12;
const ROUNDS = 25;

/**
 * Writers on connections of their own. Each transaction takes its number and its rows at once, or first a number and later rows, waits
 * a random while, writes more (some of it behind a savepoint that is rolled back), and commits or rolls back.
 * @returns what was committed
 */
async function writeAtRandom(database: Database, seed: number): Promise<string[]> {
  const committed: string[] = [];
  const write = async (writer: number) => {
    const random = randoms(seed * 1000 + writer);
    const client = await connect(database);
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const name = (part: string) => `${String(writer)}.${String(round)}.${part}`;
        await client.query("begin");
        if (random() < 0.3) await client.query("select pg_current_xact_id()");
        await sleep(random() * 6);
        await tell(client, name("a"), name("b"));
        await client.query("savepoint s");
        await tell(client, name("undone"));
        await sleep(random() * 12);
        const undone = random() < 0.5;
        await client.query(undone ? "rollback to savepoint s" : "release savepoint s");
        await tell(client, name("c"));
        if (random() < 0.25) await client.query("rollback");
        else {
          await client.query("commit");
          committed.push(...["a", "b", "c", ...(undone ? [] : ["undone"])].map(name));
        }
      }
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return committed;
}

test.for([1, 2, 3])(
  "law: nothing is missed and nothing comes twice, in one order (seed %i)",
  async (seed, { database }) => {
    const { pool } = database;
    const written = new AbortController();
    const committed = writeAtRandom(database, seed).finally(() => {
      written.abort();
    });

    // Beside the feed a reader as one would write it first: rows as they are seen, by their number alone.
    const naive: string[] = [];
    let seq = 0;
    const read: string[] = [];
    const pages: FeedPosition[] = [];
    let after: FeedPosition | null = null;
    for (let ended = false; !ended;) {
      const ending = written.signal.aborted;
      const { rows } = await pool.query<{ seq: number; id: string }>(
        `select seq, "entityId" as id from "ChangeFeed" where shop = $1 and seq > $2 order by seq`,
        [shop, seq],
      );
      naive.push(...rows.map(({ id }) => id));
      seq = rows.at(-1)?.seq ?? seq;

      const page: FeedPage = await readFeed(pool, { shop, after, limit: 7 });
      read.push(...idsOf(page));
      after = page.next;
      pages.push(after);
      ended = ending && !page.hasMore && page.heldBackSince === null && rows.length === 0;
    }

    const expected = (await committed).toSorted();
    expect(expected.length).toBeGreaterThan(WRITERS * ROUNDS);
    expect(read.toSorted()).toEqual(expected);
    // The test can tell: ordered by `seq` alone, rows that were committed behind a later one are lost.
    expect(naive.length).toBeLessThan(expected.length);

    // Read again, in pages of another size, it is the same stream.
    const again: FeedPage = await readFeed(pool, { shop, after: null, limit: 100_000 });
    expect(idsOf(again)).toEqual(read);
    expect(new Set(again.changes.map(({ id }) => id)).size).toBe(read.length);
    expect(again.next).toEqual(after);
    // And from any cursor it goes on with what followed then.
    const middle = pages[Math.floor(pages.length / 2)]!;
    const rest = idsOf(await readFeed(pool, { shop, after: middle, limit: 100_000 }));
    expect(rest).toEqual(read.slice(read.length - rest.length));
  },
);

test("a row with a smaller number that is committed later is told, where the order by number alone would lose it", async ({
  database,
}) => {
  const { pool } = database;
  const slow = await connect(database);
  await slow.query("begin");
  await tell(slow, "first taken, last committed");
  await inTransaction(pool, (tx) => tell(tx, "committed at once"));

  const naive = `select "entityId" as id, seq from "ChangeFeed" where shop = $1 and seq > $2 order by seq`;
  const { rows: before } = await pool.query<{ id: string; seq: number }>(naive, [shop, 0]);
  expect(before.map(({ id }) => id)).toEqual(["committed at once"]);
  const held = await readFeed(pool, { shop, after: null, limit: 10 });
  expect(held).toMatchObject({ changes: [], heldBackSince: now });

  await slow.query("commit");
  await slow.end();
  const { rows: after } = await pool.query(naive, [shop, before[0]!.seq]);
  expect(after).toEqual([]); // lost
  await soon(pool, held.next, ["first taken, last committed", "committed at once"]);
});

test("what holds the feed back: a transaction that has written, in any database of the cluster; not one that only reads, nor a VACUUM", async ({
  database,
}) => {
  const { pool } = database;
  const reader = await connect(database);
  // As pg_dump reads.
  await reader.query("begin isolation level repeatable read");
  await reader.query(`select count(*) from "ChangeFeed"`);
  await inTransaction(pool, (tx) => tell(tx, "1"));
  await soon(pool, null, ["1"]);
  await pool.query(`vacuum "ChangeFeed"`);

  const elsewhere = await connect({ url: inject("testPostgresUrl") });
  await elsewhere.query("begin");
  await elsewhere.query("select pg_current_xact_id()");
  await inTransaction(pool, (tx) => tell(tx, "2"));
  const held = await readFeed(pool, { shop, after: null, limit: 10 });
  expect([idsOf(held), held.heldBackSince]).toEqual([["1"], now]);
  await elsewhere.query("rollback");
  await soon(pool, held.next, ["2"]);
  await Promise.all([elsewhere.end(), reader.end()]);
});

test("the newest position leaves nothing out that a record read afterwards could lack", async ({
  database,
}) => {
  const { pool } = database;
  await inTransaction(pool, (tx) => tell(tx, "old"));
  await soon(pool, null, ["old"]);
  const open = await connect(database);
  await open.query("begin");
  await tell(open, "not yet committed");
  await inTransaction(pool, (tx) => tell(tx, "committed, and held back"));
  const newest = await readFeed(pool, { shop, after: "now", limit: 10 });
  expect(newest).toMatchObject({ changes: [], hasMore: false, heldBackSince: now });
  await open.query("commit");
  await open.end();
  await soon(pool, newest.next, ["not yet committed", "committed, and held back"]);
});

test("law 11: a shop reads its own changes, and another shop's cursor is none", async ({
  database: { pool },
}) => {
  const other = "other.myshopify.com";
  await inTransaction(pool, (tx) => tell(tx, "1"));
  await soon(pool, null, ["1"]);
  const { next, changes } = await readFeed(pool, { shop: other, after: null, limit: 10 });
  expect(changes).toEqual([]);
  await expect(readFeed(pool, { shop, after: next, limit: 10 })).rejects.toMatchObject({
    code: "FEED_EXPIRED",
  });
});

test("in a database that was restored or copied the feed begins anew, and cursors of before are refused in words", async ({
  database: { pool },
}) => {
  await inTransaction(pool, (tx) => tell(tx, "1", "2"));
  await soon(pool, null, ["1", "2"]);
  const { next } = await readFeed(pool, { shop, after: null, limit: 1 });
  // A dump brings rows and state of another cluster, whose numbers may be far ahead of ours.
  await pool.query(`update "FeedState" set database = 'of another cluster'`);
  await pool.query(`update "ChangeFeed" set "transactionId" = "transactionId" + 1000000000000`);
  await inTransaction(pool, (tx) => tell(tx, "after the restore, before anybody read"));

  for (const after of [next, { ...next, transactionId: "999999999999999999" }])
    await expect(readFeed(pool, { shop, after, limit: 10 })).rejects.toMatchObject({
      code: "FEED_EXPIRED",
      message: expect.stringMatching(/another database/),
    });
  const begun = await readFeed(pool, { shop, after: null, limit: 10 });
  expect(begun).toMatchObject({ changes: [], heldBackSince: null });
  await inTransaction(pool, (tx) => tell(tx, "3"));
  await soon(pool, begun.next, ["3"]);
});

test("a cursor ahead of the database is refused: a standby took over that did not know all its primary had told", async ({
  database: { pool },
}) => {
  const { next } = await readFeed(pool, { shop, after: null, limit: 1 });
  const ahead = { ...next, transactionId: "4611686018427387904" };
  await expect(readFeed(pool, { shop, after: ahead, limit: 1 })).rejects.toMatchObject({
    code: "FEED_EXPIRED",
  });
});

test("a page of 100,000 changes is read by the index", async ({ database: { pool } }) => {
  await pool.query(
    `insert into "ChangeFeed" (shop, entity, "entityId", change)
     select s || '.myshopify.com', 'order', n::text, 'updated' from unnest(array['loom', 'other']) s, generate_series(1, 50000) n`,
  );
  await pool.query(`analyze "ChangeFeed"`);
  const { rows: plan } = await pool.query<Record<string, string>>(
    `explain select * from "ChangeFeed" where shop = $1 and "transactionId" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
       and ("transactionId", seq) > (5, 5) order by "transactionId", seq limit 100`,
    [shop],
  );
  expect(JSON.stringify(plan)).toContain("ChangeFeed_shop_transactionId_seq_idx");
});
