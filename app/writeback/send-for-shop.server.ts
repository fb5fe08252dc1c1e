import type { Pool } from "pg";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { claimIntents, type ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import { releaseIntents } from "#app/outbox/finish-intent.server.ts";
import { kindsOn } from "#app/outbox/sent-kinds.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { sendIntent, type SendOptions, type SendOutcome } from "./send-intent.server.ts";
import type { SendTally } from "./send-tally.ts";
import { sendStock } from "./send-stock.server.ts";

/** Orders told of at once: Shopify's points, not we, set the pace. */
const AT_ONCE = 4;
/** Intents a turn takes at most: other shops have their turn then. */
const TURN = 20;

type ShopOptions = Omit<SendOptions, "mayMove" | "mayTrack"> & { shop: string; connect: () => AdminClient };

/** Sends what waits and is due in one shop, of the kinds that are switched on and granted: first of orders, then of stock. */
export async function sendForShop(pool: Pool, options: ShopOptions): Promise<SendTally> {
  const { shop } = options;
  const orders = await sendOrders(pool, options);
  if (orders.isDown || options.signal?.aborted) return orders;
  const stock = await sendStock(pool, { ...options, ...(await loadAllowed(pool, shop)) });
  return { taken: orders.taken + stock.taken, isDown: stock.isDown };
}

/** Different orders side by side, each order's own in their order. When Shopify cannot be asked, the rest is given back untried. */
async function sendOrders(pool: Pool, { shop, connect, ...options }: ShopOptions): Promise<SendTally> {
  const { now, signal } = options;
  const { settings, granted } = await loadAllowed(pool, shop);
  const kinds = kindsOn(settings, granted);
  const claims = await claimIntents(pool, { shop, kinds, limit: TURN, now: now() });
  if (claims.length === 0) return { taken: 0, isDown: false };
  const left = [...claims];
  const untried: ClaimedIntent[] = [];
  let isDown = false;
  const work = async (client: AdminClient) => {
    while (!isDown && !signal?.aborted) {
      const claim = left.shift();
      if (claim === undefined) return;
      // A turn takes a while: what was switched off meanwhile, or lost its permission or the app, does not leave any more.
      const allowed = await loadAllowed(pool, shop).catch((error: unknown) => {
        untried.push(claim);
        throw error;
      });
      const on = kindsOn(allowed.settings, allowed.granted);
      if (!on.includes(claim.kind)) {
        untried.push(claim);
        continue;
      }
      const mayMove = allowed.settings.writeBack.fulfillmentOrderMove;
      const may = { mayMove, mayTrack: on.includes("trackingUpdate") };
      const outcome: SendOutcome = await sendIntent(pool, client, claim, { ...options, ...may });
      isDown ||= outcome.isDown;
    }
  };
  try {
    const client = connect();
    const works = Array.from({ length: AT_ONCE }, () =>
      work(client).catch((error: unknown) => {
        isDown = true;
        throw error;
      }),
    );
    // The turn is over when all of them are, also where one failed: nothing goes on behind it.
    const failed = (await Promise.allSettled(works)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  } finally {
    await releaseIntents(pool, [...left, ...untried]);
  }
  return { taken: claims.length - left.length - untried.length, isDown };
}

/** By what may leave now: no permission where the app was taken away. */
async function loadAllowed(
  pool: Pool,
  shop: string,
): Promise<{ settings: ShopSettings; granted: readonly string[] }> {
  const { rows } = await pool.query<{ scopes: string[] }>(
    `select scopes from "Shop" where shop = $1 and "uninstalledAt" is null`,
    [shop],
  );
  return { settings: await loadSettings(pool, { shop }), granted: rows[0]?.scopes ?? [] };
}
