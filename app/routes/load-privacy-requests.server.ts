import type { Db } from "#app/lib/db.server.ts";
import { listPrivacyRequests } from "#app/privacy/privacy-requests.server.ts";
import type { PrivacyRequestView } from "#app/ui/sync-view.ts";

/** The shop's requests about personal data, as the page and the API show them. */
export async function loadPrivacyRequests(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<PrivacyRequestView[]> {
  const requests = await listPrivacyRequests(db, { shop, now });
  return requests.map(({ id, kind, receivedAt, dueAt, doneAt, outcome, installedAgainAt, expiresAt }) => ({
    ...{ id, kind, outcome, receivedAt: receivedAt.toISOString(), dueAt: dueAt.toISOString() },
    doneAt: doneAt?.toISOString() ?? null,
    installedAgainAt: installedAgainAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }));
}
