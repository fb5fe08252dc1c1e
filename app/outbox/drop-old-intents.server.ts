import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

const BATCH = 5000;

/** SQL: when Shopify had each payload that is kept of the order `o` is about. */
const PAYLOADS = `select "shopifyUpdatedAt" from "ShopifyOrderCache" where shop = $1 and id = o."entityId"
  union all select "shopifyUpdatedAt" from "ShopifyCacheSlot" where shop = $1 and kind = 'order' and id = o."entityId"
  union all select "shopifyUpdatedAt" from "ShopifyPayloadHistory" where shop = $1 and kind = 'order' and id = o."entityId"`;

/** SQL: `o` is what both sides last agreed on of a level of stock. */
const LAST_AGREED = `(o.kind = 'inventorySet' and coalesce(o.answer ? 'agreed', false) and not exists (select from "Outbox" later
  where later.shop = $1 and later.entity = o.entity and later."entityId" = o."entityId" and later.kind = o.kind and later.seq > o.seq
    and later.status in ('sent', 'already', 'dropped') and later.answer ? 'agreed'))`;

/**
 * Forgets what was wished in Shopify and has been over (sent, found done, or not to be sent) for longer than the shop's
 * `historyRetentionDays`, 5,000 rows a statement. What is open stays, however old; and of what is over that by which something that is
 * kept is understood: the echo of a change while that payload is kept (by it that is known to be ours), and
 * what came before or after something of the same record that is still open. Money that Shopify was not told of stays too: only on it
 * can be said that it is booked there. And of each level of stock what both sides last agreed on: without it, what somebody counts in
 * Shopify would count as known, and be overwritten unasked.
 * @param signal ends it between two statements; the next run goes on
 * @returns how many rows
 */
export async function dropOldIntents(
  db: Db,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  const { historyRetentionDays } = await loadSettings(db, { shop });
  const before = daysBefore(now, historyRetentionDays);
  let dropped = 0;
  // Along the index, past those that stay: each is looked at once a run.
  let after: [Date, string] = [new Date(0), ""];
  for (;;) {
    const { rows } = await db.query<{ id: string; endedAt: Date; isGone: boolean }>(
      `with old as materialized (
         select o.id, o."endedAt", not exists (select from "Outbox" open where open.shop = $1 and open.entity = o.entity
             and open."entityId" = o."entityId" and open.status in ('waiting', 'conflict', 'refused'))
           and (o.entity <> 'order' or o.answer->>'orderUpdatedAt' is null or not exists (select from (${PAYLOADS}) said
             where to_char(said."shopifyUpdatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = o.answer->>'orderUpdatedAt'))
           and not (o.kind = 'orderMarkAsPaid' and o.status = 'dropped')
           and not ${LAST_AGREED} as "isGone"
         from "Outbox" o where o.shop = $1 and o."endedAt" < $2 and (o."endedAt", o.id) > ($3, $4)
        order by o."endedAt", o.id limit $5),
       gone as (delete from "Outbox" o using old where old."isGone" and o.shop = $1 and o.id = old.id)
       select * from old order by "endedAt", id`,
      [shop, before, ...after, BATCH],
    );
    dropped += rows.filter(({ isGone }) => isGone).length;
    const last = rows.at(-1);
    if (rows.length < BATCH || last === undefined || signal?.aborted) return dropped;
    after = [last.endedAt, last.id];
  }
}
