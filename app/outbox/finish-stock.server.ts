import type { Db } from "#app/lib/db.server.ts";
import type { ClaimedStock } from "./claim-stock.server.ts";
import type { IntentEnd } from "./finish-intent.server.ts";
import { againOf, sendAgainAt } from "./send-again-at.ts";

type Lease = Pick<ClaimedStock, "id" | "leasedUntil" | "attempts" | "claimedAt">;

/**
 * Writes how tries ended, many at once, and gives the wishes out of hand; those that another worker has taken over are left alone.
 * Where a level went through, its wishes that Shopify had refused are past; where it ended otherwise, those before it, for it says all
 * that they said. Where the ERP spoke of it anew during this try, it
 * waits as after the first: the next word goes behind it, and must not wait for hours.
 */
export async function finishStock(
  db: Db,
  { shop, ends, now }: { shop: string; ends: readonly { lease: Lease; end: IntentEnd }[]; now: Date },
): Promise<void> {
  if (ends.length === 0) return;
  const rows = ends.map(({ lease: { id, leasedUntil, attempts, claimedAt }, end }) => ({
    ...{ id, until: leasedUntil, claimed: claimedAt, status: end.status, answer: end.answer },
    ...{ again: null, attempts, ...(end.status === "waiting" ? againRow(end, attempts, now) : {}) },
    code: "errorCode" in end ? end.errorCode : null,
    error: "error" in end ? end.error : end.status === "dropped" ? end.words : null,
    conflict: end.status === "conflict" ? end.conflict : null,
    sent: end.status === "sent" || end.status === "already" ? now : null,
    ended: ["sent", "already", "dropped"].includes(end.status) ? now : null,
  }));
  await db.query({
    name: "finish-stock",
    text: `WITH done AS (
        UPDATE "Outbox" o SET status = u.status, "leasedUntil" = NULL, "errorCode" = u.code, error = u.error,
          "nextRetryAt" = CASE WHEN ${SPOKEN} THEN least(u.again, u.soon) ELSE u.again END,
          attempts = CASE WHEN ${SPOKEN} THEN least(u.attempts, 1) ELSE u.attempts END,
          conflict = u.conflict, answer = u.answer, "sentAt" = u.sent, "endedAt" = u.ended
        FROM json_to_recordset($2) AS u(id text, until timestamptz, claimed timestamptz, status text, again timestamptz, soon timestamptz,
          attempts int, code text, error text, conflict jsonb, answer jsonb, sent timestamptz, ended timestamptz)
        WHERE o.shop = $1 AND o.id = u.id AND o.status = 'waiting' AND o."leasedUntil" = u.until
        RETURNING o."entityId", o.status, o.seq, o.status IN ('sent', 'already') AS went)
      UPDATE "Outbox" o SET status = 'dropped', "endedAt" = $3, error = CASE WHEN done.went
        THEN 'The level was pushed again later, and that went through' ELSE 'The level was wished again later' END
      FROM done
      WHERE done.status <> 'waiting' AND (done.went OR o.seq < done.seq) AND o.shop = $1 AND o.entity = 'stock' AND o."entityId" = done."entityId"
        AND o.kind = 'inventorySet' AND o.status = 'refused'`,
    values: [shop, JSON.stringify(rows), now],
  });
}

/** SQL: the ERP has spoken of the level `o` since the try began. */
const SPOKEN = `u.again IS NOT NULL AND EXISTS (SELECT FROM "Outbox" e WHERE e.shop = $1 AND e.entity = 'stock'
  AND e."entityId" = o."entityId" AND e.kind = 'inventorySet' AND e.status = 'waiting' AND e.seq > o.seq AND e."createdAt" >= u.claimed)`;

function againRow(
  end: Parameters<typeof againOf>[0],
  attempts: number,
  now: Date,
): { again: Date; soon: Date; attempts: number } {
  const again = againOf(end, attempts, now);
  return { again: again.at, soon: sendAgainAt(1, now), attempts: again.attempts };
}

/**
 * Before levels leave: what is to be known of each if the answer never comes, and more time.
 * @returns the ids of those still in this worker's hands; nothing of the others may leave
 */
export async function keepStock(
  db: Db,
  { shop, kept, until }: { shop: string; kept: readonly { lease: Lease; answer: object }[]; until: Date },
): Promise<Set<string>> {
  const rows = kept.map(({ lease: { id, leasedUntil }, answer }) => ({ id, answer, was: leasedUntil }));
  const done = await db.query<{ id: string }>({
    name: "keep-stock",
    text: `UPDATE "Outbox" o SET answer = u.answer, "leasedUntil" = $3
      FROM json_to_recordset($2) AS u(id text, was timestamptz, answer jsonb)
      WHERE o.shop = $1 AND o.id = u.id AND o.status = 'waiting' AND o."leasedUntil" = u.was RETURNING o.id`,
    values: [shop, JSON.stringify(rows), until],
  });
  return new Set(done.rows.map(({ id }) => id));
}
