import type { Db } from "#app/lib/db.server.ts";
import { notifyOutbox } from "./notify-outbox.server.ts";

/** SQL: a wish `o` (shop $1) about a stock level that waits in nobody's hands; one that is sent just now may have the number of before. */
export const STOCK_IN_NO_HANDS = `o.shop = $1 and o.entity = 'stock' and o.kind = 'inventorySet' and o.status = 'waiting'
  and o."leasedUntil" is null`;

/** SQL: due at once, as if it had just been wished. */
export const STOCK_DUE = `"nextRetryAt" = null, attempts = 0`;

/**
 * What was said anew of these levels goes with the wishes of them that wait: they are due at once, however long they were to wait, and
 * are held in the caller's transaction, so that nobody takes them up with the number of before.
 * @param ids `{inventory item}@{location}`
 * @returns those of them of which one waits
 */
export async function wakeStock(
  tx: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `with held as (select o.id from "Outbox" o where ${STOCK_IN_NO_HANDS} and o."entityId" = any($2) order by o.seq for update)
     update "Outbox" o set ${STOCK_DUE} from held where o.shop = $1 and o.id = held.id returning o."entityId" as id`,
    [shop, ids],
  );
  if (rows.length > 0) await notifyOutbox(tx);
  return new Set(rows.map(({ id }) => id));
}
