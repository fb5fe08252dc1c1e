import type { AppContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { apiScopes, type ApiScope } from "#app/settings/api-scopes.ts";
import { API_KEY_PREFIX, findApiKey } from "#app/settings/api-keys.server.ts";
import { loadConnection } from "#app/settings/load-connection.server.ts";

import { answerError } from "../answer-error.server.ts";
import { authenticatePage, type PageVisit } from "../authenticate-page.server.ts";
import { refuseWith } from "./refuse-with.ts";

/** Who calls the API, and what they may do. */
export type Caller = PageVisit & {
  via: "session" | "key";
  /** For job and audit log: a person by Shopify's id, a key by its own. */
  actor: string;
  scopes: readonly ApiScope[];
};

/** The header by which App Bridge knows to come again with a new session token. */
const RETRY_SESSION = "X-Shopify-Retry-Invalid-Session-Request";

/** A JWT. */
const SESSION_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Who sent the request: a member of the shop's staff by the session token of the embedded app, or a machine by an API key;
 * either as `Authorization: Bearer …`.
 * @throws AppError UNAUTHORIZED, or what tells App Bridge to renew a session token
 */
export async function identifyCaller(context: AppContext, request: Request): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (token === undefined)
    throw new AppError(
      "UNAUTHORIZED",
      "This needs a session token or an API key, as Authorization: Bearer …",
    );
  return token.startsWith(API_KEY_PREFIX) ? byKey(context, token) : bySession(context, request, token);
}

async function byKey({ env, database: { pool }, now }: AppContext, key: string): Promise<Caller> {
  const holder = await findApiKey(pool, { key, now: now() });
  const only = env.shopify?.mode === "single-shop" ? env.shopify.shopDomain : null;
  if (!holder || (only !== null && holder.shop !== only))
    throw new AppError("UNAUTHORIZED", "This API key is not known here, or was revoked.");
  const connection = await loadConnection(pool, { shop: holder.shop });
  if (!connection) throw new AppError("UNAUTHORIZED", "The shop of this API key does not have the app.");
  const actor = `key ${holder.id}`;
  return {
    ...{ via: "key", shop: holder.shop, userId: actor, actor, scopes: holder.scopes },
    ...{ connection, accessToken: undefined },
  };
}

async function bySession({ env }: AppContext, request: Request, token: string): Promise<Caller> {
  if (env.shopify?.mode !== "app")
    throw new AppError("UNAUTHORIZED", "In single-shop mode the API is called with an API key.");
  if (!SESSION_TOKEN.test(token))
    throw new AppError("UNAUTHORIZED", `This is no API key (${API_KEY_PREFIX}…), and no session token.`);
  try {
    const visit = await authenticatePage(request);
    return { ...visit, via: "session", actor: visit.userId, scopes: apiScopes };
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    // The library answers a browser: redirects, pages. A caller of the API is told in JSON.
    const retry = thrown.headers.get(RETRY_SESSION);
    const answer = answerError(
      thrown.status >= 500
        ? new AppError("SHOPIFY_UNREACHABLE", "Shopify did not confirm the session token.")
        : new AppError("UNAUTHORIZED", "This session token is not valid, or no longer."),
    );
    if (retry !== null) answer.headers.set(RETRY_SESSION, retry);
    throw refuseWith(answer);
  }
}
