import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { LEASE_MS } from "./claim-intents.server.ts";
import { notifyOutbox } from "./notify-outbox.server.ts";
import type { OutboxStatus } from "./outbox-intent.ts";
import type { Settlement } from "./settlements.ts";

/**
 * A person's word on an intent that waits, was refused, or where the two sides differ. The later ones of its order then go on.
 * @throws AppError NOT_FOUND for an unknown id; ACTION_NOT_ALLOWED where it is done already, or is being sent just now: of what is to
 * be dropped also where Shopify may still be at work on a try that was not answered
 */
export async function settleIntent(
  pool: Pool,
  {
    shop,
    id,
    decision,
    actor,
    now,
  }: { shop: string; id: string; decision: Settlement; actor: string; now: Date },
): Promise<{ words: string }> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{
      status: OutboxStatus;
      entity: string;
      entityId: string;
      kind: string;
      isLeased: boolean;
    }>(
      `SELECT status, entity, "entityId", kind, coalesce("leasedUntil" > $3, false)
           OR coalesce($4 AND answer->'unsure' = 'true' AND (answer->>'leftAt')::timestamptz > $5, false) AS "isLeased"
       FROM "Outbox" WHERE shop = $1 AND id = $2 FOR UPDATE`,
      [shop, id, now, decision === "drop", new Date(now.getTime() - LEASE_MS)],
    );
    const [intent] = rows;
    if (!intent) throw new AppError("NOT_FOUND", `Nothing with the id ${id} waits for Shopify`);
    const { status, isLeased } = intent;
    if (status === "sent" || status === "already" || status === "dropped")
      throw new AppError(
        "ACTION_NOT_ALLOWED",
        status === "dropped" ? "It has been dropped already" : "Shopify has it already",
        { next: "Nothing is to be done. Reload the page to see what holds now." },
      );
    if (isLeased)
      throw new AppError("ACTION_NOT_ALLOWED", "It is being sent just now", {
        next: "Wait a moment, then reload the page to see what came of it.",
      });
    await tx.query(
      `UPDATE "Outbox" SET status = $3, "leasedUntil" = NULL, "nextRetryAt" = NULL, "errorCode" = NULL, error = NULL, conflict = NULL,
         answer = answer - '{jobEnded,next}'::text[], "endedAt" = $4
       WHERE shop = $1 AND id = $2`,
      [shop, id, ...(decision === "drop" ? ["dropped", now] : ["waiting", null])],
    );
    await recordAudit(tx, {
      ...{ shop, actor, now, action: `outbox.${decision}`, target: intent.entityId },
      details: { id, kind: intent.kind, was: status },
    });
    await notifyOutbox(tx);
    return { words: decision === "drop" ? "It will not be sent" : "It will be sent again" };
  });
}
