import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { DUE, LEASE_MS, type ClaimedIntent } from "./claim-intents.server.ts";
import { earlierOpen } from "./earlier-open.ts";

/** A wish about one stock level that this worker alone may send until `leasedUntil`. */
export type ClaimedStock = Omit<ClaimedIntent, "kind" | "idempotencyKey" | "actor"> & { claimedAt: Date };

/**
 * Takes up to `limit` levels that are due, of each only the oldest wish; one that is a question to a person holds back the later ones
 * of its level, one that Shopify refused does not. The lease is committed before anything leaves, as with `claimIntents`.
 */
export async function claimStock(
  pool: Pool,
  { shop, limit, now }: { shop: string; limit: number; now: Date },
): Promise<ClaimedStock[]> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { rows } = await tx.query<Omit<ClaimedStock, "claimedAt"> & { seq: number }>({
      name: "claim-stock",
      text: `WITH head AS MATERIALIZED (SELECT o.id FROM "Outbox" o
          WHERE o.shop = $1 AND o.kind = 'inventorySet' AND ${DUE} AND NOT ${earlierOpen("o", `'{inventorySet}'::text[]`)}
          ORDER BY o.seq LIMIT $4 FOR UPDATE SKIP LOCKED)
        UPDATE "Outbox" t SET "leasedUntil" = $3, attempts = t.attempts + 1 FROM head WHERE t.shop = $1 AND t.id = head.id
        RETURNING t.shop, t.id, t."entityId", t.payload, t.attempts, t.answer, t."createdAt", t."leasedUntil", t.seq`,
      values: [shop, now, new Date(now.getTime() + LEASE_MS), limit],
    });
    return rows.sort((a, b) => a.seq - b.seq).map((row) => ({ ...row, claimedAt: now }));
  });
}
