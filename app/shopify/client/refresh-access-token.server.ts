import { z } from "zod";
import { inTransaction, type Database } from "#app/lib/db.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import {
  loadOfflineToken,
  needsRenewal,
  type AccessTokenOptions,
  type StoredToken,
  type TokenEnv,
} from "./offline-token.server.ts";

const REFRESH_TIMEOUT_MS = 20_000;

/** Shopify's answer to `grant_type=refresh_token`; the refresh token rotates. */
const RefreshReply = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
});

/**
 * Renews the shop's token under the shop's advisory lock and returns it. Whoever waited for the lock finds the
 * new token stored and asks nobody. Access and refresh token are stored in one statement and committed before
 * anyone uses them: the old refresh token dies with the first use of the new one.
 *
 * A reply without `expires_in` is a token that does not expire. If Shopify cannot be reached and the old token
 * still has time left, it is used once more.
 */
export async function refreshAccessToken(
  database: Pick<Database, "pool">,
  env: TokenEnv,
  shop: string,
  options: AccessTokenOptions,
): Promise<string> {
  return inTransaction(database.pool, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`access-token ${shop}`]);
    const stored = await loadOfflineToken(tx, shop);
    if (!stored) throw new AppError("TOKEN_REFUSED", `The app was uninstalled from ${shop}.`);
    if (!needsRenewal(stored, options)) return stored.accessToken;
    if (!stored.refreshToken) {
      throw new AppError("TOKEN_REFUSED", `The access token of ${shop} has ended and cannot be renewed.`);
    }

    const now = options.now ?? new Date();
    let reply: z.infer<typeof RefreshReply>;
    try {
      reply = await askForToken(env, shop, stored.refreshToken, options.fetch);
    } catch (error) {
      if (
        error instanceof AppError &&
        error.code === "SHOPIFY_UNREACHABLE" &&
        stillGood(stored, options, now)
      ) {
        return stored.accessToken;
      }
      throw error;
    }
    const { rowCount } = await tx.query(
      `update "Session" set "accessToken" = $2, "scope" = coalesce($3, "scope"), "expires" = $4,
         "refreshToken" = coalesce($5, "refreshToken"),
         "refreshTokenExpires" = case when $5::text is null then "refreshTokenExpires" else $6 end
       where "id" = $1 and "refreshToken" = $7`,
      [
        `offline_${shop}`,
        reply.access_token,
        reply.scope ?? null,
        later(now, reply.expires_in),
        reply.refresh_token ?? null,
        later(now, reply.refresh_token_expires_in),
        stored.refreshToken,
      ],
    );
    if (rowCount === 1) return reply.access_token;
    // Meanwhile the web process exchanged a token for somebody who opened the app, or the app was uninstalled.
    const exchanged = await loadOfflineToken(tx, shop);
    if (!exchanged) throw new AppError("TOKEN_REFUSED", `The app was uninstalled from ${shop}.`);
    return exchanged.accessToken;
  });
}

function stillGood(token: StoredToken, { refused }: AccessTokenOptions, now: Date): boolean {
  return token.accessToken !== refused && token.expires !== null && token.expires > now;
}

function later(now: Date, seconds: number | undefined): Date | null {
  return seconds === undefined ? null : new Date(now.getTime() + seconds * 1000);
}

async function askForToken(
  { shopify }: TokenEnv,
  shop: string,
  refreshToken: string,
  fetch = globalThis.fetch,
) {
  if (shopify?.mode !== "app")
    throw new AppError("SHOPIFY_NOT_CONFIGURED", explainError("SHOPIFY_NOT_CONFIGURED").words);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`https://${shop}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({
        client_id: shopify.apiKey,
        client_secret: shopify.apiSecret,
        grant_type: "refresh_token",
        refresh_token: refreshToken,
      }),
      signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    throw new AppError("SHOPIFY_UNREACHABLE", "Shopify does not answer when asked for a new access token.", {
      cause: error,
    });
  }
  if (response.status === 429 || response.status >= 500) {
    throw new AppError(
      "SHOPIFY_UNREACHABLE",
      `Shopify answered HTTP ${String(response.status)} when asked for a new access token.`,
    );
  }
  const reply = response.ok ? RefreshReply.safeParse(parseJson(text)) : undefined;
  if (!reply?.success) {
    // Never the body: it may hold a token.
    throw new AppError(
      "TOKEN_REFUSED",
      `Shopify gave no new access token for ${shop} (HTTP ${String(response.status)}).`,
    );
  }
  return reply.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
