import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { notifyOutbox } from "./notify-outbox.server.ts";
import type { IntentKind } from "./outbox-intent.ts";

/** As many as one press sends again: a person sees how they fare before the next. */
const REFUSED_AT_ONCE = 500;

/**
 * A person's word that what Shopify refused of one kind is sent again, the oldest first, at most 500 at a time. Each is read anew
 * before anything leaves, as if it had just been wished.
 * @returns how many wait again, and how many refused ones are left
 */
export async function sendRefusedAgain(
  pool: Pool,
  { shop, kind, actor, now }: { shop: string; kind: IntentKind; actor: string; now: Date },
): Promise<{ sent: number; left: number }> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `with refused as (select id from "Outbox" where shop = $1 and status = 'refused' and kind = $2
          order by "createdAt", id limit $3 for update)
       update "Outbox" o set status = 'waiting', "nextRetryAt" = null, "leasedUntil" = null, "errorCode" = null, error = null,
         answer = answer - '{jobEnded,next}'::text[]
       from refused where o.shop = $1 and o.id = refused.id`,
      [shop, kind, REFUSED_AT_ONCE],
    );
    const sent = rowCount ?? 0;
    if (sent === 0) return { sent, left: 0 };
    const { rows } = await tx.query<{ left: number }>(
      `select count(*)::int as left from "Outbox" where shop = $1 and status = 'refused' and kind = $2`,
      [shop, kind],
    );
    await recordAudit(tx, {
      ...{ shop, actor, now, action: "outbox.send_again", target: null },
      details: { kind, sent },
    });
    await notifyOutbox(tx);
    return { sent, left: rows[0]?.left ?? 0 };
  });
}
