import type { Db } from "#app/lib/db.server.ts";
import type { Env } from "#app/lib/parse-env.ts";

/** What of the environment the tokens need. */
export type TokenEnv = Pick<Env, "shopify">;

export type StoredToken = { accessToken: string; expires: Date | null; refreshToken: string | null };

export type AccessTokenOptions = {
  /** A token Shopify just answered 401 to: whatever its expiry says, another one is needed. */
  refused?: string | undefined;
  now?: Date;
  fetch?: typeof globalThis.fetch | undefined;
};

/** A token with less left is renewed before it is used. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Whether this token has to be renewed before use. One without an expiry lives on until it is refused. */
export function needsRenewal(token: StoredToken, { refused, now = new Date() }: AccessTokenOptions): boolean {
  if (token.accessToken === refused) return true;
  return token.expires !== null && token.expires.getTime() - now.getTime() < RENEW_BEFORE_MS;
}

/** The offline session under the id the Shopify library gives it. */
export async function loadOfflineToken(db: Db, shop: string): Promise<StoredToken | undefined> {
  const { rows } = await db.query<StoredToken>(
    `select "accessToken", "expires", "refreshToken" from "Session" where "id" = $1 and "shop" = $2`,
    [`offline_${shop}`, shop],
  );
  return rows[0];
}
