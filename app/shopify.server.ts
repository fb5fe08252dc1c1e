import "@shopify/shopify-app-remix/adapters/node";
import {
  ApiVersion,
  AppDistribution,
  LogSeverity,
  shopifyApp,
  type Session,
} from "@shopify/shopify-app-remix/server";

import { getContext } from "#app/context.server.ts";
import { noPages } from "#app/lib/no-pages.ts";
import { fetchShopProfile } from "#app/shopify/fetch-shop-profile.server.ts";
import { createAdminClient } from "#app/shopify/client/admin-client.server.ts";
import { tokenIssuedAt } from "#app/shopify/client/token-issued-at.ts";
import { sharedPacer } from "#app/shopify/client/shared-pacer.server.ts";
import { createSessionStorage } from "#app/settings/create-session-storage.server.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";

/**
 * The Shopify library, set up once: Shopify-managed install, token exchange, offline tokens that
 * expire and are refreshed. Null when the app's key, secret or address are not configured, or when
 * a single shop's fixed token is: in that mode the library authenticates nobody, so there is no UI.
 */
const shopify = createShopify();

function createShopify() {
  const { env, database, log } = getContext();
  if (env.shopify?.mode !== "app") return null;
  const libraryLog = log.child({ module: "shopify" });
  return shopifyApp({
    apiKey: env.shopify.apiKey,
    apiSecretKey: env.shopify.apiSecret,
    appUrl: env.shopify.appUrl,
    scopes: env.shopify.scopes,
    apiVersion: ApiVersion.October26,
    distribution: AppDistribution.AppStore,
    authPathPrefix: "/auth",
    useOnlineTokens: false,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    sessionStorage: createSessionStorage(database.prisma),
    logger: {
      // At the level "debug" the library prints session tokens: never ask it for that.
      level: LogSeverity.Warning,
      log: (severity, message) => {
        if (severity === LogSeverity.Error) libraryLog.error(message);
        else libraryLog.warn(message);
      },
    },
    hooks: {
      afterAuth: ({ session }) => welcomeShop(session),
    },
  });
}

/**
 * Records that the app is installed in a shop, and how the shop calls itself. Idempotent: the parallel loaders
 * of the first page load each exchange the token and each come here, in any process.
 */
export async function welcomeShop(
  session: Pick<Session, "shop" | "scope" | "accessToken" | "expires">,
): Promise<void> {
  const { database, log, now } = getContext();
  // Before anything is waited for: news of other scopes may come meanwhile.
  const scopesAt = tokenIssuedAt(session, now());
  const { shop, accessToken = "" } = session;
  const client = createAdminClient({
    ...{ shop, apiVersion: ApiVersion.October26, log, maxTries: 2, patienceMs: 5000 },
    getAccessToken: () => Promise.resolve(accessToken),
    pacer: sharedPacer(database.pool, { shop, log }),
  });
  const profile = await fetchShopProfile(client).catch((error: unknown) => {
    // Names and formats only: the app is installed without them, and the next install asks again.
    log.warn({ err: error, shop }, "the shop's profile could not be read");
    return null;
  });
  const scopes = (session.scope ?? "").split(",").filter(Boolean);
  await recordInstall(database.pool, { shop, scopes, profile, now: now(), scopesAt });
}

/** @throws Response 503 "Shopify is not configured", or 404 for one shop with a fixed token */
function configured() {
  if (!shopify) throw noPages(getContext().env.shopify);
  return shopify;
}

export const authenticate = {
  /** Whoever opens a page of the app inside Shopify Admin; throws the response that sends others away. */
  admin: async (request: Request) => configured().authenticate.admin(request),
};

export const login = async (request: Request) => configured().login(request);

/** Sets the library's `frame-ancestors` on a page; nothing when Shopify is not configured. */
export function addDocumentResponseHeaders(request: Request, headers: Headers): void {
  shopify?.addDocumentResponseHeaders(request, headers);
}
