import type { Db } from "#app/lib/db.server.ts";

export type OutboxFigure = {
  kind: string;
  status: string;
  intents: number;
  /** Of those that were tried, the age of the oldest; null where none was. */
  oldestTriedSeconds: number | null;
};

/** How many intents of all shops stand how, by kind. */
export async function loadOutboxFigures(db: Db, now: Date): Promise<OutboxFigure[]> {
  const { rows } = await db.query<OutboxFigure>(
    `select kind, status, count(*) as intents,
       extract(epoch from $1::timestamptz - min("createdAt") filter (where attempts > 0))::float8 as "oldestTriedSeconds"
     from "Outbox" group by kind, status order by kind, status`,
    [now],
  );
  return rows;
}
