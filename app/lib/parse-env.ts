import { z } from "zod";
import { BadEnvironment } from "./start-failure.ts";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const httpUrl = z.url({ protocol: /^https?$/, error: "must be a full http or https address" });
/** What DATABASE_URL has to be. */
export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be like postgres://user:password@host:5432/database",
});
const badPort = "must be a port, 0 to 65535";
const port = z.string().regex(/^\d+$/, badPort).transform(Number).pipe(z.number().max(65_535, badPort));

/** One rule for each variable; what is asked of them together stands in `parseEnv`. */
const variables = {
  SHOPIFY_SHOP_DOMAIN: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "must be like my-store.myshopify.com"),
  SHOPIFY_ACCESS_TOKEN: z.string(),
  SHOPIFY_WEBHOOK_SECRET: z.string(),
  SHOPIFY_API_KEY: z.string(),
  SHOPIFY_API_SECRET: z.string(),
  SHOPIFY_API_SECRET_OLD: z.string(),
  SHOPIFY_APP_URL: httpUrl.transform((url) => url.replace(/\/+$/, "")),
  SCOPES: z.string().transform((scopes) =>
    scopes
      .split(",")
      .map((scope) => scope.trim())
      .filter(Boolean),
  ),
  SHOPIFY_API_VERSION: z
    .string()
    .regex(/^\d{4}-(01|04|07|10)$/, "must be a version of Shopify's, like 2026-10"),
  DATABASE_URL: postgresUrl,
  PORT: port,
  LISTEN_HOST: z.union([z.ipv4(), z.ipv6()], "must be an address of this machine, like 127.0.0.1"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`),
  APP_BRIDGE_URL: httpUrl,
};
type Values = { [Name in keyof typeof variables]?: z.output<(typeof variables)[Name]> };

/** A secret that webhooks are signed with, and what a signature by it may tell. */
export type WebhookSecret = {
  secret: string;
  /** The one shop it may speak of; null: every shop that has the app. */
  shop: string | null;
  /**
   * Whether it may tell that the app was uninstalled, given other scopes, or asked about a person. That is for the app's own
   * secret: the merchant, who knows the secret of the webhooks they made by hand, could say it without Shopify.
   */
  signsForApp: boolean;
};

/** The app as Shopify knows it: installed into any number of shops, with pages inside their Admin. */
export type AppMode = {
  mode: "app";
  apiKey: string;
  apiSecret: string;
  /** Public address of the web process, without a slash at its end. */
  appUrl: string;
  /** As granted; undefined leaves them to shopify.app.toml. */
  scopes: string[] | undefined;
  apiVersion: string;
  /** Every secret a webhook may be signed with, the newest first. */
  webhookSecrets: WebhookSecret[];
};

/** One shop with a fixed token: worker, API and command line, but no pages (nobody could sign in to them). */
export type SingleShopMode = {
  mode: "single-shop";
  shopDomain: string;
  accessToken: string;
  apiVersion: string;
  /** Each for this shop alone. */
  webhookSecrets: WebhookSecret[];
};

export type Env = {
  /** null: not configured. The processes run, and pages and API say "Shopify is not configured". */
  shopify: AppMode | SingleShopMode | null;
  /** undefined: the embedded PostgreSQL of development and demo. */
  databaseUrl: string | undefined;
  port: number;
  /** The one address of this machine that is listened on; undefined is all of them. */
  listenHost: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Where the App Bridge script is loaded from; undefined is Shopify's CDN. */
  appBridgeUrl: string | undefined;
};

/**
 * Reads the environment. Empty variables count as missing; `shopify app dev` names the app's address APP_URL. Throws ONE BadEnvironment that lists every bad or missing
 * variable in words; values are never repeated, for they may be secrets.
 */
export function parseEnv(environment: Record<string, string | undefined>): Env {
  const { SHOPIFY_API_KEY, SHOPIFY_APP_URL, APP_URL } = environment;
  const raw =
    SHOPIFY_API_KEY && !SHOPIFY_APP_URL ? { ...environment, SHOPIFY_APP_URL: APP_URL } : environment;
  const problems: string[] = [];
  const values: Values = {};
  for (const [name, schema] of Object.entries(variables)) {
    const text = raw[name]?.trim();
    if (!text) continue;
    const result = schema.safeParse(text);
    if (result.success) Object.assign(values, { [name]: result.data });
    else problems.push(`${name} ${result.error.issues[0]?.message ?? "is not valid"}`);
  }
  if (!values.DATABASE_URL && !raw.DATABASE_URL && raw.NODE_ENV === "production") {
    problems.push("DATABASE_URL is missing; the embedded PostgreSQL is for development and demo only");
  }
  const shopify = readShopify(raw, values, problems);
  if (problems.length > 0) throw new BadEnvironment(problems);
  return {
    shopify,
    databaseUrl: values.DATABASE_URL,
    port: values.PORT ?? 3000,
    listenHost: values.LISTEN_HOST,
    logLevel: values.LOG_LEVEL ?? "info",
    appBridgeUrl: values.APP_BRIDGE_URL,
  };
}

const APP_NAMES = ["SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL"] as const;
const SINGLE_SHOP_NAMES = ["SHOPIFY_SHOP_DOMAIN", "SHOPIFY_ACCESS_TOKEN", "SHOPIFY_WEBHOOK_SECRET"] as const;

function readShopify(
  raw: Record<string, string | undefined>,
  values: Values,
  problems: string[],
): Env["shopify"] {
  const isMissing = (name: string) => !raw[name]?.trim();
  const wantsApp = !APP_NAMES.every(isMissing);
  // Webhooks made by hand in a store's admin may stand beside the app's own: their secret, and that store's domain.
  const isByHand = wantsApp && !isMissing("SHOPIFY_WEBHOOK_SECRET");
  const notOfApps = SINGLE_SHOP_NAMES.filter((name) => !isByHand || name === "SHOPIFY_ACCESS_TOKEN");
  const wantsSingleShop = !notOfApps.every(isMissing);
  if (wantsApp && wantsSingleShop) {
    const present = [...APP_NAMES, ...notOfApps].filter((name) => !isMissing(name));
    problems.push(
      `${present.join(", ")} are of two modes: keep ${list(APP_NAMES)}, or ${list(SINGLE_SHOP_NAMES)}`,
    );
    return null;
  }
  if (!wantsApp && !wantsSingleShop) return null;
  const names = wantsApp ? APP_NAMES : SINGLE_SHOP_NAMES;
  const others = names.filter((name) => !isMissing(name));
  for (const name of names.filter(isMissing))
    problems.push(`${name} is missing (set so far: ${list(others)})`);
  if (isByHand && isMissing("SHOPIFY_SHOP_DOMAIN"))
    problems.push(
      "SHOPIFY_SHOP_DOMAIN is missing: SHOPIFY_WEBHOOK_SECRET counts for the webhooks of one store",
    );

  const apiVersion = values.SHOPIFY_API_VERSION ?? "2026-10";
  const { SHOPIFY_API_SECRET_OLD, SHOPIFY_WEBHOOK_SECRET, SHOPIFY_SHOP_DOMAIN: shopDomain = "" } = values;
  if (wantsApp) {
    const apiSecret = values.SHOPIFY_API_SECRET ?? "";
    return {
      mode: "app",
      apiKey: values.SHOPIFY_API_KEY ?? "",
      apiSecret,
      appUrl: values.SHOPIFY_APP_URL ?? "",
      scopes: values.SCOPES,
      apiVersion,
      webhookSecrets: [
        ...webhookSecrets([apiSecret, SHOPIFY_API_SECRET_OLD], { shop: null, signsForApp: true }),
        ...webhookSecrets([SHOPIFY_WEBHOOK_SECRET], { shop: shopDomain, signsForApp: false }),
      ],
    };
  }
  return {
    mode: "single-shop",
    shopDomain,
    accessToken: values.SHOPIFY_ACCESS_TOKEN ?? "",
    apiVersion,
    webhookSecrets: webhookSecrets([SHOPIFY_WEBHOOK_SECRET, SHOPIFY_API_SECRET_OLD], {
      ...{ shop: shopDomain, signsForApp: true },
    }),
  };
}

function webhookSecrets(
  secrets: readonly (string | undefined)[],
  may: Omit<WebhookSecret, "secret">,
): WebhookSecret[] {
  return secrets.flatMap((secret) => (secret === undefined ? [] : [{ secret, ...may }]));
}

const list = (names: readonly string[]) => new Intl.ListFormat("en").format(names);
