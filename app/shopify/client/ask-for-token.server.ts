import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#app/lib/db.server.ts";
import { loadOfflineToken, needsRenewal } from "./offline-token.server.ts";

/** PostgreSQL channel on which the web process asks a worker to renew a shop's token. */
export const renewTokenChannel = "renew_token";

const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 100;

/**
 * Has a worker renew a shop's token that has ended, and waits for it: only workers renew, for a refresh token rotates. Nobody
 * is in the app when a machine calls, so no page load exchanges it. When no worker does in time, whoever uses the token is told
 * that it is refused.
 */
export async function askForToken(db: Db, { shop, now }: { shop: string; now: () => Date }): Promise<void> {
  const isGood = async () => {
    const token = await loadOfflineToken(db, shop);
    return token !== undefined && !needsRenewal(token, { now: now() });
  };
  if (await isGood()) return;
  await db.query("select pg_notify($1, $2)", [renewTokenChannel, shop]);
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt;) {
    await sleep(LOOK_EVERY_MS);
    if (await isGood()) return;
  }
}
