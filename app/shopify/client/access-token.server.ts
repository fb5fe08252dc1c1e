import { AppError } from "#app/lib/errors.ts";
import type { Database } from "#app/lib/db.server.ts";
import {
  loadOfflineToken,
  needsRenewal,
  type AccessTokenOptions,
  type TokenEnv,
} from "./offline-token.server.ts";
import { refreshAccessToken } from "./refresh-access-token.server.ts";

const refreshes = new Map<string, Promise<string>>();

/**
 * The shop's access token for the Admin API: the offline session that the web process stored when the app was
 * opened, renewed when it has less than five minutes left or was `refused`. One renewal serves every caller:
 * within this process they share it, across processes an advisory lock lets one ask and the others read.
 * Throws TOKEN_REFUSED when only a person opening the app can help.
 */
export async function getAccessToken(
  database: Pick<Database, "pool">,
  env: TokenEnv,
  shop: string,
  options: AccessTokenOptions = {},
): Promise<string> {
  if (env.shopify?.mode === "single-shop" && env.shopify.shopDomain === shop) return env.shopify.accessToken;

  const stored = await loadOfflineToken(database.pool, shop);
  if (!stored)
    throw new AppError(
      "TOKEN_REFUSED",
      `There is no access token for ${shop}: the app is not installed there.`,
    );
  if (!needsRenewal(stored, options)) return stored.accessToken;

  const key = `${shop} ${options.refused ?? ""}`;
  const running = refreshes.get(key);
  if (running) return running;
  const refresh = refreshAccessToken(database, env, shop, options).finally(() => refreshes.delete(key));
  refreshes.set(key, refresh);
  return refresh;
}
