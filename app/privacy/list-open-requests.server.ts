import type { Db } from "#app/lib/db.server.ts";

import type { PrivacyRequest } from "./privacy-requests.server.ts";

/** The app carries a request out within minutes of its coming. */
const USUAL = "interval '1 hour'";

/** Requests about personal data that should have been carried out by now and were not, those due first in front. */
export async function listOpenRequests(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<Pick<PrivacyRequest, "id" | "kind" | "dueAt">[]> {
  const { rows } = await db.query<Pick<PrivacyRequest, "id" | "kind" | "dueAt">>(
    `SELECT id, kind, "dueAt" FROM "PrivacyRequest"
     WHERE shop = $1 AND "doneAt" IS NULL AND "receivedAt" < $2::timestamptz - ${USUAL}
     ORDER BY "dueAt", id LIMIT 50`,
    [shop, now],
  );
  return rows;
}
