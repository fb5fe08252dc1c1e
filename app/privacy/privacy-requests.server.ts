import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import type { Counts } from "./person.ts";
import type { PrivacyBody } from "#app/shopify/webhooks/read-privacy-body.ts";

/** Shopify's deadline. */
const DUE_DAYS = 30;

/** A request about personal data, as it is listed. */
export type PrivacyRequest = {
  id: string;
  kind: PrivacyBody["kind"];
  receivedAt: Date;
  dueAt: Date;
  doneAt: Date | null;
  /** What came of it; null while it is not done. A shop that has the app again is not erased. */
  outcome: "exported" | "erased" | "not erased" | null;
  /** Of a shop that was not erased: when it was last seen to get the app. */
  installedAgainAt: Date | null;
  /** Until when there is something to download; null where there is nothing. */
  expiresAt: Date | null;
};

/**
 * The row of a request: the one it has already where Shopify asks the same again (the same request for data, the same
 * customer, the same delivery), else a new one.
 */
export async function recordPrivacyRequest(
  tx: Db,
  { shop, request, receivedAt, now }: { shop: string; request: PrivacyBody; receivedAt: Date; now: Date },
): Promise<{ id: string; isDone: boolean }> {
  const { kind } = request;
  const [customerId, requestId] =
    request.kind === "shop_redact" ? [null, null] : [request.customerId, request.requestId];
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('privacy-request:' || $1, 0))`, [shop]);
  const known = await tx.query<{ id: string; isDone: boolean }>(
    `SELECT id, "doneAt" IS NOT NULL AS "isDone" FROM "PrivacyRequest" p
     WHERE shop = $1 AND kind = $2 AND "customerId" IS NOT DISTINCT FROM $3
       AND ("receivedAt" = $5 OR CASE kind WHEN 'customer_redact' THEN true WHEN 'data_request' THEN "requestId" = $4
         ELSE NOT EXISTS (SELECT 1 FROM "Shop" s WHERE s.shop = $1) END)
     ORDER BY "receivedAt" DESC LIMIT 1`,
    [shop, kind, customerId, requestId, receivedAt],
  );
  if (known.rows[0]) return known.rows[0];
  const id = uuidV7(now.getTime());
  const dueAt = new Date(receivedAt.getTime() + DUE_DAYS * 86_400_000);
  await tx.query(
    `INSERT INTO "PrivacyRequest" (shop, id, kind, "customerId", "requestId", "receivedAt", "dueAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [shop, id, kind, customerId, requestId, receivedAt, dueAt],
  );
  return { id, isDone: false };
}

/** Marks a request as carried out; what a second time still reached stands beside it, and so does why a shop was left alone. */
export async function finishPrivacyRequest(
  tx: Db,
  {
    shop,
    id,
    counts,
    installedAgainAt,
    now,
  }: { shop: string; id: string; counts: Counts; installedAgainAt: Date | null; now: Date },
): Promise<void> {
  const reached = { ...counts, ...(installedAgainAt && { installedAgainAt }) };
  await tx.query(
    `UPDATE "PrivacyRequest" SET "doneAt" = coalesce("doneAt", $3), counts = (counts - 'installedAgainAt') || $4::jsonb
     WHERE shop = $1 AND id = $2`,
    [shop, id, now, JSON.stringify(reached)],
  );
}

/** The shop's requests, the newest first, at most fifty. */
export async function listPrivacyRequests(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<PrivacyRequest[]> {
  const { rows } = await db.query<PrivacyRequest>(
    `SELECT id, kind, "receivedAt", "dueAt", "doneAt",
       CASE WHEN "doneAt" IS NULL THEN NULL WHEN kind = 'data_request' THEN 'exported'
         WHEN counts ? 'installedAgainAt' THEN 'not erased' ELSE 'erased' END AS outcome,
       (counts->>'installedAgainAt')::timestamptz AS "installedAgainAt",
       CASE WHEN export IS NOT NULL AND "expiresAt" > $2 THEN "expiresAt" END AS "expiresAt"
     FROM "PrivacyRequest" WHERE shop = $1 ORDER BY "receivedAt" DESC LIMIT 50`,
    [shop, now],
  );
  return rows;
}

/** What can be downloaded; null where there is nothing. */
export async function loadExport(db: Db, { shop, id }: { shop: string; id: string }): Promise<string | null> {
  const { rows } = await db.query<{ export: string | null }>(
    `SELECT export FROM "PrivacyRequest" WHERE shop = $1 AND id = $2`,
    [shop, id],
  );
  return rows[0]?.export ?? null;
}

/** Exports whose time is over. @returns how many went */
export async function dropExpiredExports(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE "PrivacyRequest" SET export = NULL WHERE shop = $1 AND export IS NOT NULL AND "expiresAt" <= $2`,
    [shop, now],
  );
  return rowCount ?? 0;
}
