import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadOfflineToken } from "./offline-token.server.ts";

/**
 * The shop's access token as a page may use it: the stored one while it is good, else the one of the page's own
 * session (`ofSession`), which the Shopify library exchanges anew when the stored one is about to end. A page never
 * renews: the refresh token rotates, and only the worker does that, under the shop's lock.
 *
 * A token that Shopify refused before its time is marked as ended, so that the next page load exchanges it and the
 * worker renews it. Throws TOKEN_REFUSED then.
 */
export async function pageAccessToken(
  db: Db,
  options: { shop: string; ofSession: string | undefined; refused: string | undefined; now: Date },
): Promise<string> {
  const { shop, ofSession, refused, now } = options;
  const stored = await loadOfflineToken(db, shop);
  const isGood = stored && (stored.expires === null || stored.expires > now);
  if (isGood && stored.accessToken && stored.accessToken !== refused) return stored.accessToken;
  if (ofSession && ofSession !== refused) return ofSession;
  if (refused !== undefined) await markTokenEnded(db, { shop, refused, now });
  throw new AppError(
    "TOKEN_REFUSED",
    refused === undefined
      ? `There is no valid access token for ${shop}. Reload the page: the app then gets one.`
      : "Shopify refused the access token of this shop. Reload the page: the app then gets a new one.",
  );
}

async function markTokenEnded(
  db: Db,
  { shop, refused, now }: { shop: string; refused: string; now: Date },
): Promise<void> {
  await db.query(
    `update "Session" set "expires" = $4
      where "id" = $1 and "shop" = $2 and "accessToken" = $3 and ("expires" is null or "expires" > $4)`,
    [`offline_${shop}`, shop, refused, now],
  );
}
