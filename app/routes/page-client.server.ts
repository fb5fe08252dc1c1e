import type { AppContext } from "#app/context.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { getAccessToken } from "#app/shopify/client/access-token.server.ts";
import { createAdminClient, type AdminClient } from "#app/shopify/client/admin-client.server.ts";

/**
 * A shop's Admin API for a page: it gives up soon, because a person is waiting.
 * @throws AppError SHOPIFY_NOT_CONFIGURED
 */
export function pageClient({ env, database, log, now }: AppContext, shop: string): AdminClient {
  if (!env.shopify) throw new AppError("SHOPIFY_NOT_CONFIGURED", errorCatalogue.SHOPIFY_NOT_CONFIGURED.words);
  return createAdminClient({
    shop,
    apiVersion: env.shopify.apiVersion,
    getAccessToken: (refused) => getAccessToken(database, env, shop, { refused, now: now() }),
    log,
    maxTries: 2,
    patienceMs: 5000,
  });
}
