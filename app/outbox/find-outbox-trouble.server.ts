import type { Db } from "#app/lib/db.server.ts";
import { earlierOpen } from "./earlier-open.ts";
import type { IntentKind } from "./outbox-intent.ts";
import type { OutboxTrouble } from "./outbox-trouble.ts";

/** The sender takes what is due within seconds; a restart takes a minute or two. */
const STANDS_STILL_MS = 10 * 60_000;
/** So often, and for so long. */
const MANY_TRIES = 6;
const FOR_LONG_MS = 30 * 60_000;
/** Of each kind the oldest are looked at, so that a crowd that has just been switched on costs no more. */
const LOOKED_AT = 200;

/**
 * What is wrong with a shop's outbox. Asked every few seconds: nothing in it reads what was sent, nor all that waits.
 * @param kinds those that leave by themselves; what waits of others waits rightly
 */
export async function findOutboxTrouble(
  db: Db,
  { shop, kinds, now }: { shop: string; kinds: readonly IntentKind[]; now: Date },
): Promise<OutboxTrouble> {
  const open = await db.query<{ conflicts: number; refused: number }>(
    `select count(*) filter (where status = 'conflict')::int as conflicts, count(*) filter (where status = 'refused')::int as refused
       from "Outbox" where shop = $1 and status in ('conflict', 'refused')`,
    [shop],
  );
  const { conflicts = 0, refused = 0 } = open.rows[0] ?? {};
  const lately = new Date(now.getTime() - STANDS_STILL_MS);
  const { rows } = await db.query<Waiting>(
    `select k.kind, min(o.due) filter (where o."isFree") as "dueSince",
       min(o."createdAt") filter (where o."isStuck") as "triedSince",
       (array_agg(o.error order by o.seq) filter (where o."isStuck"))[1] as error,
       exists (select from "Outbox" where shop = $1 and "endedAt" > $4) as "isAtWork"
     from unnest($2::text[]) with ordinality k(kind, place),
       lateral (select w.*, coalesce(w."leasedUntil" <= $3, true) and coalesce(w."nextRetryAt" <= $3, true) as "isFree",
           w.attempts >= $5 and w."createdAt" <= $7 and w."errorCode" is not null as "isStuck",
           -- Switched on after its preview was seen: what waited until then was not due before.
           greatest(w."createdAt", w."nextRetryAt", w."leasedUntil", (select max("seenAt") from "WriteBackPreview" p
             where p.shop = $1 and p.kind = k.kind)) as due
         from (select * from "Outbox" where shop = $1 and kind = k.kind and status = 'waiting' order by seq limit $6) w
        where not ${earlierOpen("w", "$2")}) o
     group by k.kind, k.place order by k.place`,
    [shop, kinds, now, lately, MANY_TRIES, LOOKED_AT, new Date(now.getTime() - FOR_LONG_MS)],
  );
  const still = oldest(
    rows.map(({ kind, dueSince, isAtWork }) => ({ kind, since: isAtWork ? null : dueSince })),
  );
  const tried = oldest(rows.map(({ kind, triedSince, error }) => ({ kind, since: triedSince, error })));
  return {
    ...{ conflicts, refused, tried },
    still: still !== null && Date.parse(still.since) <= lately.getTime() ? still : null,
  };
}

type Waiting = {
  kind: IntentKind;
  dueSince: Date | null;
  triedSince: Date | null;
  error: string | null;
  isAtWork: boolean;
};

function oldest<Row extends { since: Date | null }>(
  rows: readonly Row[],
): (Omit<Row, "since"> & { since: string }) | null {
  let first: (Omit<Row, "since"> & { since: string }) | null = null;
  for (const row of rows) {
    if (row.since === null) continue;
    const since = row.since.toISOString();
    if (first === null || since < first.since) first = { ...row, since };
  }
  return first;
}
