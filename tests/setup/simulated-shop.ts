import type { Database } from "#app/lib/db.server.ts";
import { parseEnv, type Env } from "#app/lib/parse-env.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "#simulator/start-simulator.ts";

/** A simulated shop with the app installed in it, as the app sees it. */
export type SimulatedShop = {
  simulator: Simulator;
  shop: string;
  env: Env;
  /** Requests to the shop's domain go to the simulator; others (the files of bulk operations) as they are. */
  fetch: typeof globalThis.fetch;
};

/** Starts a simulator and installs the app in it: token exchange over HTTP, the session as the library stores it. */
export async function installInSimulatedShop(
  database: Database,
  options: SimulatorOptions = {},
): Promise<SimulatedShop> {
  const simulator = await startSimulator({ bulkStartDelayMs: 5, bulkRunDelayMs: 10, ...options });
  const { domain: shop, apiKey, apiSecret } = simulator;
  const fetch = fetchFromSimulator(simulator.url);
  const env = parseEnv({
    SHOPIFY_API_KEY: apiKey,
    SHOPIFY_API_SECRET: apiSecret,
    SHOPIFY_APP_URL: "http://127.0.0.1:1",
    DATABASE_URL: database.url,
  });
  const response = await fetch(`https://${shop}/admin/oauth/access_token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      client_id: apiKey,
      client_secret: apiSecret,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: simulator.issueSessionToken(),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      expiring: "1",
    }),
  });
  const token = (await response.json()) as Record<"access_token" | "scope" | "refresh_token", string> &
    Record<"expires_in" | "refresh_token_expires_in", number>;
  const now = new Date();
  await database.prisma.session.create({
    data: {
      id: `offline_${shop}`,
      shop,
      state: "",
      isOnline: false,
      scope: token.scope,
      accessToken: token.access_token,
      expires: new Date(now.getTime() + token.expires_in * 1000),
      refreshToken: token.refresh_token,
      refreshTokenExpires: new Date(now.getTime() + token.refresh_token_expires_in * 1000),
    },
  });
  await recordInstall(database.pool, { shop, scopes: token.scope.split(","), profile: null, now });
  return { simulator, shop, env, fetch };
}

/** What the preload does for a whole process, for one caller. */
export function fetchFromSimulator(simulatorUrl: string): typeof globalThis.fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!url.hostname.endsWith(".myshopify.com")) return globalThis.fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set("x-simulated-host", url.hostname);
    return globalThis.fetch(new URL(url.pathname + url.search, simulatorUrl), { ...init, headers });
  };
}
