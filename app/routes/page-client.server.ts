import type { AppContext } from "#app/context.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { createAdminClient, type AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { pageAccessToken } from "#app/shopify/client/page-access-token.server.ts";
import { sharedPacer } from "#app/shopify/client/shared-pacer.server.ts";

import type { PageVisit } from "./authenticate-page.server.ts";

/**
 * A shop's Admin API for a page or a call of the API: it gives up soon, because somebody is waiting, and renews no token.
 * @throws AppError SHOPIFY_NOT_CONFIGURED
 */
export function pageClient(
  { env, database, log, now }: AppContext,
  { shop, accessToken }: Pick<PageVisit, "shop" | "accessToken">,
): AdminClient {
  const { shopify } = env;
  if (!shopify) throw new AppError("SHOPIFY_NOT_CONFIGURED", errorCatalogue.SHOPIFY_NOT_CONFIGURED.words);
  return createAdminClient({
    shop,
    apiVersion: shopify.apiVersion,
    getAccessToken: (refused) =>
      shopify.mode === "single-shop"
        ? Promise.resolve(shopify.accessToken)
        : pageAccessToken(database.pool, { shop, ofSession: accessToken, refused, now: now() }),
    pacer: sharedPacer(database.pool, { shop, log }),
    log,
    maxTries: 2,
    patienceMs: 5000,
  });
}
