import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import { readBody, sendJson } from "#simulator/http/http-io.ts";
import { readSessionToken } from "./session-token.ts";
import {
  OFFLINE_TOKEN_SECONDS,
  ONLINE_TOKEN_SECONDS,
  REFRESH_TOKEN_SECONDS,
  type TokenVault,
} from "./token-vault.ts";

export type OAuthShop = {
  domain: string;
  apiKey: string;
  apiSecret: string;
  scopes: ReadonlySet<string>;
  vault: TokenVault;
  now(): Date;
};

type Answer = { status: number; body: Record<string, unknown> };

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";

/**
 * POST /admin/oauth/access_token: token exchange (a session token for an access token, expiring or
 * not) and refresh with rotation (Shopify's docs, "Token exchange" and "Offline access tokens").
 *
 * @returns the status it answered with.
 */
export async function answerTokenRequest(
  req: IncomingMessage,
  res: ServerResponse,
  shop: OAuthShop,
  faults: FaultSwitch,
): Promise<number> {
  const body = parseBody(await readBody(req), req.headers["content-type"] ?? "");
  const refused = faults.strike("grant-refused") !== null;
  const answer = grant(body, shop, refused);
  sendJson(res, answer.status, answer.body);
  return answer.status;
}

function grant(body: Readonly<Record<string, string>>, shop: OAuthShop, refused: boolean): Answer {
  if (body.client_id !== shop.apiKey) {
    return failure(
      "application_cannot_be_found",
      `Could not find Shopify API application with api_key ${body.client_id ?? ""}`,
    );
  }
  if (body.client_secret !== shop.apiSecret)
    return failure("invalid_client", "The client secret is invalid", 401);
  if (body.grant_type === TOKEN_EXCHANGE) return exchange(body, shop, refused);
  if (body.grant_type === "refresh_token") return refresh(body, shop, refused);
  return failure("unsupported_grant_type", "The grant type is not supported");
}

function exchange(body: Readonly<Record<string, string>>, shop: OAuthShop, refused: boolean): Answer {
  if (body.subject_token_type !== ID_TOKEN)
    return failure("invalid_request", "The subject_token_type is invalid");
  const requested = body.requested_token_type ?? OFFLINE;
  if (requested !== ONLINE && requested !== OFFLINE)
    return failure("invalid_request", "The requested_token_type is invalid");
  const claims = readSessionToken(body.subject_token ?? "", shop, shop.now());
  if (claims === null || refused) return failure("invalid_subject_token", "The subject token is invalid");
  const scope = [...shop.scopes].sort().join(",");
  if (requested === ONLINE) {
    return {
      status: 200,
      body: {
        access_token: shop.vault.issueAccess("online", ONLINE_TOKEN_SECONDS),
        scope,
        expires_in: ONLINE_TOKEN_SECONDS,
        associated_user_scope: scope,
        associated_user: {
          id: Number(claims.sub),
          first_name: "Store",
          last_name: "Owner",
          email: `owner@${shop.domain}`,
          email_verified: true,
          account_owner: true,
          locale: "en",
          collaborator: false,
        },
      },
    };
  }
  if (body.expiring !== "1")
    return { status: 200, body: { access_token: shop.vault.issueAccess("offline", null), scope } };
  return expiring(shop, scope, shop.vault.issueRefresh());
}

function refresh(body: Readonly<Record<string, string>>, shop: OAuthShop, refused: boolean): Answer {
  const next = refused ? null : shop.vault.rotate(body.refresh_token ?? "");
  if (next === null) return failure("invalid_grant", "This request requires an active refresh_token");
  return expiring(shop, [...shop.scopes].sort().join(","), next);
}

function expiring(shop: OAuthShop, scope: string, refreshToken: string): Answer {
  return {
    status: 200,
    body: {
      access_token: shop.vault.issueAccess("offline", OFFLINE_TOKEN_SECONDS),
      scope,
      expires_in: OFFLINE_TOKEN_SECONDS,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
    },
  };
}

function failure(error: string, description: string, status = 400): Answer {
  return { status, body: { error, error_description: description } };
}

/** JSON or form fields; values as text (`expiring` comes as "1" or 1). */
function parseBody(text: string, contentType: string): Record<string, string> {
  if (contentType.includes("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null) return {};
    return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}
