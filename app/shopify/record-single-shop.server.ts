import type { Database } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import type { SingleShopMode } from "#app/lib/parse-env.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";

import { createAdminClient } from "./client/admin-client.server.ts";
import { fetchAccessScopes } from "./client/fetch-access-scopes.server.ts";
import { sharedPacer } from "./client/shared-pacer.server.ts";
import { fetchShopProfile } from "./fetch-shop-profile.server.ts";

export type SingleShopContext = {
  database: Pick<Database, "pool">;
  log: Log;
  now: () => Date;
  /** How requests to Shopify leave; undefined = the global fetch. */
  fetch?: typeof globalThis.fetch;
};

/**
 * Records the one shop of a fixed token as an installation records one: what is granted, name, currency, time zone. Nobody opens
 * a page in this mode, so the processes do it. Can run any number of times, in several processes at once.
 * @throws AppError what Shopify answers, or that it does not (SHOPIFY_UNREACHABLE); the shop then stays as it was known
 */
export async function recordSingleShop(
  { database, log, now, fetch }: SingleShopContext,
  { shopDomain: shop, apiVersion, accessToken }: SingleShopMode,
  signal?: AbortSignal,
): Promise<void> {
  // Before anything is waited for: news of other scopes may come meanwhile.
  const scopesAt = now();
  const client = createAdminClient({
    ...{ shop, apiVersion, log, fetch, signal, maxTries: 2, patienceMs: 5_000 },
    // There is no other token: refused, it is refused for good.
    getAccessToken: (refused) =>
      refused === undefined
        ? Promise.resolve(accessToken)
        : Promise.reject(new AppError("TOKEN_REFUSED", `Shopify refused SHOPIFY_ACCESS_TOKEN for ${shop}.`)),
    pacer: sharedPacer(database.pool, { shop, log }),
  });
  const scopes = await fetchAccessScopes(client);
  const profile = await fetchShopProfile(client);
  await recordInstall(database.pool, { shop, scopes, profile, now: now(), scopesAt });
}
