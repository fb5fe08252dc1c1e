import type { Db } from "#app/lib/db.server.ts";

export type OutboxFigure = {
  kind: string;
  status: string;
  intents: number;
  /** Of those that were tried, the age of the oldest; null where none was. */
  oldestTriedSeconds: number | null;
};

/** What is over counts for an hour. */
const LATELY_MS = 3_600_000;

/**
 * How many intents of all shops are open, and how many were over in the last hour, by kind. It is asked at every scrape, so it reads
 * neither what was sent long ago nor its rows: a million of them cost nothing.
 */
export async function loadOutboxFigures(
  db: Db,
  now: Date,
): Promise<{ open: OutboxFigure[]; ended: Omit<OutboxFigure, "oldestTriedSeconds">[] }> {
  const open = await db.query<OutboxFigure>(
    `select kind, status, count(*)::int as intents,
       extract(epoch from $1::timestamptz - min("createdAt") filter (where attempts > 0))::float8 as "oldestTriedSeconds"
     from "Outbox" where status in ('waiting', 'conflict', 'refused') group by kind, status order by kind, status`,
    [now],
  );
  // `offset 0`: shop by shop along the index, never all rows beside all shops.
  const ended = await db.query<OutboxFigure>(
    `select o.kind, o.status, count(*)::int as intents from "Shop" s, lateral (
       select kind, status from "Outbox" where shop = s.shop and "endedAt" > $1 offset 0) o
     group by o.kind, o.status order by o.kind, o.status`,
    [new Date(now.getTime() - LATELY_MS)],
  );
  return { open: open.rows, ended: ended.rows };
}
