import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { earlierOpen } from "./earlier-open.ts";
import type { SentKind } from "./sent-kinds.ts";

/** One intent that this worker alone may send until `leasedUntil`. */
export type ClaimedIntent = {
  shop: string;
  id: string;
  kind: SentKind;
  entityId: string;
  payload: unknown;
  idempotencyKey: string;
  actor: string;
  /** This one included. */
  attempts: number;
  /** What an earlier try has left behind. */
  answer: unknown;
  createdAt: Date;
  leasedUntil: Date;
};

/** Longer than one request to Shopify may take; a sender that does several asks for more before each. */
export const LEASE_MS = 120_000;

/** SQL: due and in nobody's hands; $2 is now. */
export const DUE = `o.status = 'waiting' AND (o."nextRetryAt" IS NULL OR o."nextRetryAt" <= $2)
  AND (o."leasedUntil" IS NULL OR o."leasedUntil" <= $2)`;

/**
 * Takes up to `limit` intents that are due, of each record only the oldest that is open (of kinds that are off none counts). The
 * lease is committed before anything leaves: of any number of workers one has it, and when that one dies another goes on.
 */
export async function claimIntents(
  pool: Pool,
  { shop, kinds, limit, now }: { shop: string; kinds: readonly SentKind[]; limit: number; now: Date },
): Promise<ClaimedIntent[]> {
  if (kinds.length === 0) return [];
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  return inRepeatedTransaction(pool, async (tx) => {
    const claimed: ClaimedIntent[] = [];
    const claim = async (kind: SentKind, most: number) => {
      const { rows } = await tx.query<ClaimedIntent & { seq: number }>({
        name: "claim-intents",
        text: `WITH head AS MATERIALIZED (SELECT o.id FROM "Outbox" o
            WHERE o.shop = $1 AND o.kind = $4 AND ${DUE} AND NOT ${earlierOpen("o", "$5")}
            ORDER BY o.seq LIMIT $6 FOR UPDATE SKIP LOCKED)
          UPDATE "Outbox" t SET "leasedUntil" = $3, attempts = t.attempts + 1 FROM head
          WHERE t.shop = $1 AND t.id = head.id
          RETURNING t.shop, t.id, t.kind, t."entityId", t.payload, t."idempotencyKey", t.actor, t.attempts, t.answer, t."createdAt",
            t."leasedUntil", t.seq`,
        values: [shop, now, leasedUntil, kind, kinds, most],
      });
      claimed.push(...rows.sort((a, b) => a.seq - b.seq));
      return rows.length === most;
    };
    // Kind by kind along the index of what waits: a crowd of one kind neither slows nor starves the others, and has what they leave.
    const crowds: SentKind[] = [];
    for (const [place, kind] of kinds.entries()) {
      const share = Math.ceil((limit - claimed.length) / (kinds.length - place));
      if (share > 0 && (await claim(kind, share))) crowds.push(kind);
    }
    for (const kind of crowds) if (claimed.length < limit) await claim(kind, limit - claimed.length);
    return claimed;
  });
}

/** Shops with something that waits and is due, whatever its kind; those that took the app away and those without a token are left out. */
export async function findShopsToSendFor(
  pool: Pool,
  { now, singleShop }: { now: Date; singleShop: string | null },
): Promise<string[]> {
  const { rows } = await pool.query<{ shop: string }>(
    `SELECT s.shop FROM "Shop" s WHERE s."uninstalledAt" IS NULL
       AND (s.shop = $1 OR EXISTS (SELECT FROM "Session" t WHERE t.id = 'offline_' || s.shop AND t.shop = s.shop))
       AND EXISTS (SELECT FROM "Outbox" o WHERE o.shop = s.shop AND ${DUE})
     ORDER BY s.shop`,
    [singleShop, now],
  );
  return rows.map(({ shop }) => shop);
}
