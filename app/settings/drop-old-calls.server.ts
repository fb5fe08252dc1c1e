import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { deleteInBatches } from "#app/lib/delete-in-batches.server.ts";
import { API_CALL } from "#app/lib/record-audit.server.ts";

const KEPT_DAYS = 90;

/**
 * Forgets who called a shop's API more than 90 days ago, 5,000 calls a statement. What somebody decided (every other action of the
 * audit log) stays for as long as the shop does. Passes over rows that somebody holds.
 * @param signal ends it between two statements; the next run goes on
 * @returns how many calls
 */
export async function dropOldCalls(
  db: Db,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS);
  return deleteInBatches(
    db,
    (most) => ({
      text: `WITH old AS (
         SELECT id FROM "AuditLog" WHERE shop = $1 AND at < $2 AND starts_with(action, $4)
          ORDER BY at LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM "AuditLog" call USING old WHERE call.shop = $1 AND call.id = old.id`,
      values: [shop, before, most, API_CALL],
    }),
    signal,
  );
}
