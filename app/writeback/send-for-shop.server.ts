import type { Pool } from "pg";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { claimIntents, type ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import { releaseIntents } from "#app/outbox/finish-intent.server.ts";
import { kindsOn, type SentKind } from "#app/outbox/sent-kinds.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { sendIntent, type SendOptions, type SendOutcome } from "./send-intent.server.ts";

/** Orders told of at once: Shopify's points, not we, set the pace. */
const AT_ONCE = 4;
/** Intents a turn takes at most: other shops have their turn then. */
const TURN = 20;

/** `taken`: how many were tried; `isDown`: Shopify could not be asked for this shop. */
export type SendTally = { taken: number; isDown: boolean };

/**
 * Sends what waits and is due in one shop, of the kinds that are switched on and granted: different orders side by side, each
 * order's own in their order. When Shopify cannot be asked, the rest is given back untried.
 */
export async function sendForShop(
  pool: Pool,
  { shop, connect, ...options }: Omit<SendOptions, "mayMove"> & { shop: string; connect: () => AdminClient },
): Promise<SendTally> {
  const { now, signal } = options;
  const { kinds } = await loadAllowed(pool, shop);
  const claims = await claimIntents(pool, { shop, kinds, limit: TURN, now: now() });
  if (claims.length === 0) return { taken: 0, isDown: false };
  const client = connect();
  const left = [...claims];
  const notAllowed: ClaimedIntent[] = [];
  let isDown = false;
  const work = async () => {
    while (!isDown && !signal?.aborted) {
      const claim = left.shift();
      if (claim === undefined) return;
      // A turn takes a while: what was switched off meanwhile, or lost its permission or the app, does not leave any more.
      const { kinds: kindsNow, mayMove } = await loadAllowed(pool, shop);
      if (!kindsNow.includes(claim.kind)) {
        notAllowed.push(claim);
        continue;
      }
      const outcome: SendOutcome = await sendIntent(pool, client, claim, { ...options, mayMove });
      isDown ||= outcome.isDown;
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await releaseIntents(pool, [...left, ...notAllowed]);
  }
  return { taken: claims.length - left.length - notAllowed.length, isDown };
}

/** What may leave now: nothing where the app was taken away. */
async function loadAllowed(pool: Pool, shop: string): Promise<{ kinds: SentKind[]; mayMove: boolean }> {
  const { rows } = await pool.query<{ scopes: string[] }>(
    `select scopes from "Shop" where shop = $1 and "uninstalledAt" is null`,
    [shop],
  );
  const settings = await loadSettings(pool, { shop });
  return {
    kinds: kindsOn(settings, rows[0]?.scopes ?? []),
    mayMove: settings.writeBack.fulfillmentOrderMove,
  };
}
