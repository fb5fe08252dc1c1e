import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Log } from "#app/lib/log.server.ts";
import type { TokenEnv } from "./offline-token.server.ts";
import { refreshAccessToken } from "./refresh-access-token.server.ts";

/**
 * An access token lives an hour (Shopify's docs, offline access tokens): one that ended this long ago was renewed 23
 * hours ago, by a job or by somebody who opened the app.
 */
const IDLE = "interval '22 hours'";

export type RefreshedTokens = {
  renewed: string[];
  /** Only opening the app, or Shopify's answering again, helps these. */
  failed: { shop: string; code: string; message: string }[];
};

/**
 * Renews once the token of every installed shop that nobody has asked anything for a day: a refresh token lives 90
 * days, and each renewal brings a new one, so an idle shop stays connected. A shop that fails does not stop the
 * others. For the worker, hourly; in any number of processes at once the shop's lock makes it one renewal.
 */
export async function refreshIdleTokens(
  context: { env: TokenEnv; database: Pick<Database, "pool">; log: Log; now: () => Date },
  options: { fetch?: typeof globalThis.fetch | undefined; signal?: AbortSignal } = {},
): Promise<RefreshedTokens> {
  const { env, database, log, now } = context;
  const done: RefreshedTokens = { renewed: [], failed: [] };
  for (const { shop, ended } of await findIdle(database, now())) {
    if (options.signal?.aborted) break;
    try {
      if (ended) {
        const message = `The app has not reached ${shop} for 90 days: its access has ended.`;
        throw new AppError("TOKEN_REFUSED", message);
      }
      await refreshAccessToken(database, env, shop, { now: now(), fetch: options.fetch });
      done.renewed.push(shop);
    } catch (error) {
      const { code, message } =
        error instanceof AppError ? error : { code: "INTERNAL", message: `${shop}: ${String(error)}` };
      log.warn({ err: error, shop }, "the token of an idle shop could not be renewed");
      done.failed.push({ shop, code, message });
    }
  }
  return done;
}

/** The longest idle first: it has the least time left. */
async function findIdle({ pool }: Pick<Database, "pool">, now: Date) {
  const { rows } = await pool.query<{ shop: string; ended: boolean }>(
    `select session.shop, coalesce(session."refreshTokenExpires" <= $1, false) as ended
       from "Session" session join "Shop" installed on installed.shop = session.shop
      where session.id = 'offline_' || session.shop and installed."uninstalledAt" is null
        and session."refreshToken" is not null and session.expires <= $1::timestamptz - ${IDLE}
      order by session.expires`,
    [now],
  );
  return rows;
}
