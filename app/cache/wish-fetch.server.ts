import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { isOnlyFetched, NEWS_PREFIX, newsWish } from "./news-wish.ts";

/** A record that news named. */
export type NamedRecord = { id: string; topic: string; at: Date };

/** An order's own webhook comes with the news of its pieces, mostly within seconds: asking at once would be asking in vain. */
const PATIENCE_MS = 15_000;

/**
 * Wishes for records that news named: on their cache entries, as one more reason to fetch; for records the cache does not hold
 * yet, and for those that only lead to an order (fulfilment orders, returns), as requests of their own. A wish that only a
 * fetch can grant is not replaced by one that a webhook can.
 */
export async function wishFetch(
  tx: Db,
  {
    shop,
    kind,
    records,
    now,
  }: {
    shop: string;
    kind: QueuedKind | "fulfillment_order" | "return";
    records: readonly NamedRecord[];
    now: Date;
  },
): Promise<void> {
  if (records.length === 0) return;
  const wishes = joinById(records).map((record) => ({ ...record, patient: !isOnlyFetched(record.topic) }));
  const columns = [
    wishes.map(({ id }) => id),
    wishes.map(({ topic }) => newsWish(topic)),
    wishes.map(({ at }) => at),
    wishes.map(({ patient }) => (patient ? new Date(now.getTime() + PATIENCE_MS) : null)),
    wishes.map(({ patient }) => patient),
  ];
  const known = isCached(kind) ? await wishOnEntries(tx, { shop, kind, columns }) : new Set<string>();
  const unknown = wishes.filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return;
  await tx.query(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, "requestedAt", "nextFetchAt")
     select $1, $2, u.*, $5, null from unnest($3::text[], $4::text[]) as u(id, reason) order by u.id
     on conflict (shop, kind, id) do update set reason = excluded.reason, "requestedAt" = excluded."requestedAt",
       attempts = 0, "nextFetchAt" = null, "fetchError" = null`,
    [shop, kind, unknown.map(({ id }) => id), unknown.map(({ topic }) => newsWish(topic)), now],
  );
}

function isCached(kind: string): kind is QueuedKind {
  return kind in cacheTables && kind !== "fulfillment_order";
}

/** One wish for each record: what only a fetch can tell before what a webhook tells too, and the time of the newest news. */
function joinById(records: readonly NamedRecord[]): NamedRecord[] {
  const byId = new Map<string, NamedRecord>();
  for (const record of records) {
    const known = byId.get(record.id);
    if (known === undefined) byId.set(record.id, record);
    else
      byId.set(record.id, {
        id: record.id,
        topic: isOnlyFetched(known.topic) ? known.topic : record.topic,
        at: known.at > record.at ? known.at : record.at,
      });
  }
  return [...byId.values()];
}

/** @returns the ids that have an entry */
async function wishOnEntries(
  tx: Db,
  { shop, kind, columns }: { shop: string; kind: QueuedKind; columns: unknown[][] },
): Promise<Set<string>> {
  const { table } = cacheTables[kind];
  const { rows } = await tx.query<{ id: string }>(
    `with held as (select id from "${table}" where shop = $1 and id = any($2) order by id for update)
     update "${table}" c set
       "needsFetch" = case when c."needsFetch" is null or (u.patient is false and starts_with(c."needsFetch", $7))
         then u.wish else c."needsFetch" end,
       "newsAt" = greatest(c."newsAt", u.at), "fetchAttempts" = 0, "fetchError" = null,
       "nextFetchAt" = case when u.due is null then null when c."needsFetch" is null then u.due else c."nextFetchAt" end
     from held join unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::boolean[])
       as u(id, wish, at, due, patient) using (id)
     where c.shop = $1 and c.id = held.id and c."deletedAt" is null
     returning c.id`,
    [shop, ...columns, NEWS_PREFIX],
  );
  return new Set(rows.map((row) => row.id));
}
