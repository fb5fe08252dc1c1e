import { cacheTables } from "#app/cache/cache-tables.ts";
import { unlessGone } from "#app/cache/fetch-wishes.server.ts";
import { runDueFetches } from "#app/cache/run-due-fetches.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import type { JobContext } from "./job-context.server.ts";

/** Records of one shop a turn asks for at most, so that a shop with many does not keep the others waiting. */
const TURN = 50;
/** A shop whose Shopify cannot be asked is left alone for so long. */
const PUT_OFF_MS = 60_000;
/** How long a turn waits for one shop's rate limit, and how often it tries: the other shops wait meanwhile. */
const PATIENCE_MS = 20_000;
const TRIES = 3;

/**
 * Asks Shopify for what cache entries and requests wish for, a turn over every shop with some that are due. Shops that have
 * uninstalled the app, or of which we have no token, are passed over.
 * @returns one turn; it returns how many records were taken, and never throws for one shop's trouble
 */
export function createFetchTurns(context: JobContext, signal: AbortSignal): () => Promise<number> {
  const putOff = new Map<string, number>();
  return async () => {
    let taken = 0;
    for (const shop of await findShopsToAskFor(context)) {
      signal.throwIfAborted();
      const now = context.now().getTime();
      if ((putOff.get(shop) ?? 0) > now) continue;
      putOff.delete(shop);
      try {
        taken += await askForShop(context, shop, signal);
      } catch (error) {
        if (signal.aborted) return taken;
        putOff.set(shop, now + PUT_OFF_MS);
        const expected = error instanceof AppError;
        context.log[expected ? "warn" : "error"](
          { err: error, shop },
          "a shop could not be asked for records",
        );
      }
    }
    return taken;
  };
}

async function askForShop(context: JobContext, shop: string, signal: AbortSignal): Promise<number> {
  const { database, now, log } = context;
  const connect = async () => {
    const client = shopClient(context, {
      ...{ shop, fetch: context.fetch, signal },
      ...{ maxTries: TRIES, patienceMs: PATIENCE_MS },
    });
    return { client, scopes: await fetchAccessScopes(client) };
  };
  const tally = await runDueFetches(database.pool, { shop, limit: TURN, now, connect, signal });
  if (tally.taken > 0) log.info({ shop, ...tally }, "asked Shopify for records");
  return tally.taken;
}

async function findShopsToAskFor({ database, env, now }: JobContext): Promise<string[]> {
  const entries = (["order", "product", "customer", "inventory"] as const).map(
    (
      kind,
    ) => `select distinct shop from "${cacheTables[kind].table}" where "needsFetch" is not null ${unlessGone(kind)}
      and ("nextFetchAt" is null or "nextFetchAt" <= $1)`,
  );
  const requests = `select distinct shop from "ShopifyFetchRequest" where "nextFetchAt" is null or "nextFetchAt" <= $1`;
  const { rows } = await database.pool.query<{ shop: string }>(
    `select due.shop from (${[...entries, requests].join(" union ")}) as due
     where not exists (select 1 from "Shop" s where s.shop = due.shop and s."uninstalledAt" is not null)
       and (due.shop = $2 or exists (select 1 from "Session" t where t.id = 'offline_' || due.shop and t.shop = due.shop))
     order by due.shop`,
    [now(), env.shopify?.mode === "single-shop" ? env.shopify.shopDomain : null],
  );
  return rows.map(({ shop }) => shop);
}
