import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#app/lib/db.server.ts";
import { loadOfflineToken, needsRenewal } from "./offline-token.server.ts";

/** PostgreSQL channel on which the web process asks a worker to renew a shop's token. */
export const renewTokenChannel = "renew_token";

const PATIENCE_MS = 8_000;
const LOOKS_A_SECOND = 10;

/**
 * Has a worker renew a shop's token that has ended, and waits for it: only workers renew, for a refresh token rotates. Nobody
 * is in the app when a machine calls, so no page load exchanges it.
 * @returns whether there is a good token now; not, where no worker runs or Shopify refuses to renew it
 */
export async function askForToken(
  db: Db,
  { shop, now }: { shop: string; now: () => Date },
): Promise<boolean> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let looks = 0; ; looks++) {
    const token = await loadOfflineToken(db, shop);
    if (token !== undefined && !needsRenewal(token, { now: now() })) return true;
    if (token === undefined || Date.now() > giveUpAt) return false;
    // Once a second: nobody hears a NOTIFY in the moment a worker starts or has lost its connection.
    if (looks % LOOKS_A_SECOND === 0) await db.query("select pg_notify($1, $2)", [renewTokenChannel, shop]);
    await sleep(1_000 / LOOKS_A_SECOND);
  }
}
