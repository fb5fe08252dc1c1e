import type { Db } from "#app/lib/db.server.ts";
import { daysBefore } from "#app/lib/days-before.ts";
import { deleteInBatches } from "#app/lib/delete-in-batches.server.ts";

const KEPT_DAYS = 30;

/**
 * Forgets what calls with an Idempotency-Key were answered more than 30 days ago: nobody still waits for those. 5,000 a statement;
 * passes over rows that somebody holds.
 * @param signal ends it between two statements; the next run goes on
 * @returns how many
 */
export async function dropOldAnswers(
  db: Db,
  { shop, now, signal }: { shop: string; now: Date; signal?: AbortSignal },
): Promise<number> {
  const before = daysBefore(now, KEPT_DAYS);
  return deleteInBatches(
    db,
    (most) => ({
      text: `with old as (
         select caller, "idempotencyKey" from "IdempotentAnswer" where shop = $1 and "createdAt" < $2
          order by "createdAt" limit $3 for update skip locked
       )
       delete from "IdempotentAnswer" one using old where one.shop = $1 and one.caller = old.caller and one."idempotencyKey" = old."idempotencyKey"`,
      values: [shop, before, most],
    }),
    signal,
  );
}
