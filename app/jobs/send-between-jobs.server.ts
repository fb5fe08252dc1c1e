import { AppError } from "#app/lib/errors.ts";
import { findShopsToSendFor } from "#app/outbox/claim-intents.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { sendForShop } from "#app/writeback/send-for-shop.server.ts";
import type { JobContext } from "./job-context.server.ts";

/** A shop whose Shopify cannot be asked is left alone for so long. */
const PUT_OFF_MS = 10_000;
/** How long one request waits for the rate limit, and how often a question is tried: the other shops wait meanwhile. */
const PATIENCE_MS = 20_000;
const TRIES = 2;
/** How long a worker that is to stop still hears what Shopify says to a change under way: within the ten seconds it is given. */
const LAST_ANSWER_MS = 5_000;

/**
 * Sends what the ERP wished in Shopify, a turn over every shop that has something due. Shops that have uninstalled the app, or of
 * which we have no token, are passed over.
 * @returns one turn; it returns how many intents were tried, and never throws for one shop's trouble
 */
export function createSendTurns(context: JobContext, signal: AbortSignal): () => Promise<number> {
  const { database, env, log, now } = context;
  const putOff = new Map<string, number>();
  const singleShop = env.shopify?.mode === "single-shop" ? env.shopify.shopDomain : null;
  return async () => {
    let taken = 0;
    for (const shop of await findShopsToSendFor(database.pool, { now: now(), singleShop })) {
      signal.throwIfAborted();
      if ((putOff.get(shop) ?? 0) > now().getTime()) continue;
      putOff.delete(shop);
      const connect = () =>
        shopClient(context, {
          ...{ shop, fetch: context.fetch, signal },
          ...{ maxTries: TRIES, patienceMs: PATIENCE_MS, lastAnswerMs: LAST_ANSWER_MS },
        });
      try {
        const tally = await sendForShop(database.pool, { shop, connect, log, now, signal });
        taken += tally.taken;
        if (tally.isDown) putOff.set(shop, now().getTime() + PUT_OFF_MS);
      } catch (error) {
        if (signal.aborted) return taken;
        putOff.set(shop, now().getTime() + PUT_OFF_MS);
        const expected = error instanceof AppError;
        log[expected ? "warn" : "error"](
          { err: error, shop },
          "what waits for a shop's Shopify could not be sent",
        );
      }
    }
    return taken;
  };
}
