import type { Database } from "#app/lib/db.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import type { Log } from "#app/lib/log.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import { getAccessToken } from "./access-token.server.ts";
import { createAdminClient, type AdminClient, type AdminClientOptions } from "./admin-client.server.ts";
import { sharedPacer } from "./shared-pacer.server.ts";

/**
 * The Admin API of a shop for the worker: with its stored token, which is renewed when it is about to end, and paced
 * together with every other process. A job passes its signal and shows the waits.
 * Throws SHOPIFY_NOT_CONFIGURED.
 */
export function shopClient(
  context: { env: Env; database: Pick<Database, "pool">; log: Log; now: () => Date },
  options: Pick<
    AdminClientOptions,
    "shop" | "fetch" | "signal" | "onWait" | "onNotice" | "maxTries" | "patienceMs" | "lastAnswerMs"
  >,
): AdminClient {
  const { env, database, log, now } = context;
  if (!env.shopify) throw new AppError("SHOPIFY_NOT_CONFIGURED", errorCatalogue.SHOPIFY_NOT_CONFIGURED.words);
  return createAdminClient({
    ...options,
    apiVersion: env.shopify.apiVersion,
    log,
    pacer: sharedPacer(database.pool, { shop: options.shop, log }),
    getAccessToken: (refused) =>
      getAccessToken(database, env, options.shop, { refused, now: now(), fetch: options.fetch }),
  });
}
