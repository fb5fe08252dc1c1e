import type { Db } from "#app/lib/db.server.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import type { ClaimedIntent } from "./claim-intents.server.ts";
import type { OutboxStatus } from "./outbox-intent.ts";
import { againOf } from "./send-again-at.ts";

/** How a try ended. `answer`: what is kept of it for the next one, or for good. */
export type IntentEnd = { answer: object } & (
  | { status: Extract<OutboxStatus, "sent" | "already"> }
  /** `words`: why, where it was not a person's choice. */
  | { status: "dropped"; words: string | null }
  | { status: "conflict"; errorCode: ErrorCode; error: string; conflict: object }
  | { status: "refused"; errorCode: ErrorCode; error: string }
  /** Tried again by itself: after the usual wait, or `waitMs`, which is no fault and counts as no try; not before `notBefore`. */
  | {
      status: "waiting";
      errorCode: ErrorCode | null;
      error: string | null;
      waitMs?: number;
      notBefore?: Date | null;
    }
);

type Lease = Pick<ClaimedIntent, "shop" | "id" | "leasedUntil" | "attempts">;

/**
 * Writes how a try ended, in the caller's transaction, and gives the intent out of hand.
 * @returns false where it is no longer in this worker's hands: then nothing was written
 */
export async function finishIntent(
  tx: Db,
  { shop, id, leasedUntil, attempts }: Lease,
  end: IntentEnd,
  now: Date,
): Promise<boolean> {
  const isDone = end.status === "sent" || end.status === "already";
  const again = end.status === "waiting" ? againOf(end, attempts, now) : null;
  const { rowCount } = await tx.query({
    name: "finish-intent",
    text: `UPDATE "Outbox" SET status = $4, "leasedUntil" = NULL, "nextRetryAt" = $5, "errorCode" = $6, error = $7, conflict = $8::jsonb,
        answer = $9::jsonb, "sentAt" = $10, "endedAt" = $11, attempts = $12
      WHERE shop = $1 AND id = $2 AND status = 'waiting' AND "leasedUntil" = $3`,
    values: [
      ...[shop, id, leasedUntil, end.status],
      again?.at ?? null,
      "errorCode" in end ? end.errorCode : null,
      "error" in end ? end.error : end.status === "dropped" ? end.words : null,
      end.status === "conflict" ? JSON.stringify(end.conflict) : null,
      JSON.stringify(end.answer),
      isDone ? now : null,
      isDone || end.status === "dropped" ? now : null,
      again?.attempts ?? attempts,
    ],
  });
  return rowCount === 1;
}

/**
 * Before something leaves: what is to be known if its answer never comes, and more time.
 * @returns the new end of the lease; null where another worker has taken the intent over, and nothing may leave
 */
export async function keepIntent(
  db: Db,
  { shop, id, leasedUntil }: Lease,
  { answer, until }: { answer: object; until: Date },
): Promise<Date | null> {
  const { rowCount } = await db.query({
    name: "keep-intent",
    text: `UPDATE "Outbox" SET answer = $4::jsonb, "leasedUntil" = $5
      WHERE shop = $1 AND id = $2 AND status = 'waiting' AND "leasedUntil" = $3`,
    values: [shop, id, leasedUntil, JSON.stringify(answer), until],
  });
  return rowCount === 1 ? until : null;
}

/** Gives intents back that were claimed and not tried. */
export async function releaseIntents(db: Db, leases: readonly Lease[]): Promise<void> {
  const [first] = leases;
  if (first === undefined) return;
  await db.query(
    `UPDATE "Outbox" o SET "leasedUntil" = NULL, attempts = greatest(o.attempts - 1, 0)
     FROM unnest($2::text[], $3::timestamptz[]) AS u(id, until)
     WHERE o.shop = $1 AND o.id = u.id AND o.status = 'waiting' AND o."leasedUntil" = u.until`,
    [first.shop, leases.map(({ id }) => id), leases.map(({ leasedUntil }) => leasedUntil)],
  );
}
