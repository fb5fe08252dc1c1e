import { expect, test } from "vitest";
import { parseEnv } from "./parse-env.ts";

const app = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "new-secret",
  SHOPIFY_APP_URL: "https://erp.example.com/",
};
const ofTheApp = { shop: null, signsForApp: true };
const singleShop = {
  SHOPIFY_SHOP_DOMAIN: "my-store.myshopify.com",
  SHOPIFY_ACCESS_TOKEN: "shpat_1",
  SHOPIFY_WEBHOOK_SECRET: "hook",
};

test("nothing set: not configured, and the defaults", () => {
  expect(parseEnv({})).toEqual({
    shopify: null,
    databaseUrl: undefined,
    port: 3000,
    listenHost: undefined,
    logLevel: "info",
    appBridgeUrl: undefined,
  });
});

test("an app: its address without the last slash, and both secrets while one is being rotated", () => {
  const env = parseEnv({
    ...app,
    SHOPIFY_API_SECRET_OLD: "old-secret",
    SCOPES: "read_orders, read_products",
  });
  expect(env.shopify).toEqual({
    mode: "app",
    apiKey: "key",
    apiSecret: "new-secret",
    appUrl: "https://erp.example.com",
    scopes: ["read_orders", "read_products"],
    apiVersion: "2026-10",
    webhookSecrets: [
      { secret: "new-secret", ...ofTheApp },
      { secret: "old-secret", ...ofTheApp },
    ],
  });
});

test("an app whose store also makes webhooks by hand: their secret stands for that store, and not for the app", () => {
  const byHand = { SHOPIFY_WEBHOOK_SECRET: "by-hand", SHOPIFY_SHOP_DOMAIN: "my-store.myshopify.com" };
  expect(parseEnv({ ...app, ...byHand }).shopify).toMatchObject({
    mode: "app",
    webhookSecrets: [
      { secret: "new-secret", ...ofTheApp },
      { secret: "by-hand", shop: "my-store.myshopify.com", signsForApp: false },
    ],
  });
});

test("such a secret without its store is refused, and so is a store without one", () => {
  expect(() => parseEnv({ ...app, SHOPIFY_WEBHOOK_SECRET: "by-hand" })).toThrow(
    "SHOPIFY_SHOP_DOMAIN is missing: SHOPIFY_WEBHOOK_SECRET counts for the webhooks of one store",
  );
  expect(() => parseEnv({ ...app, SHOPIFY_SHOP_DOMAIN: "my-store.myshopify.com" })).toThrow(
    "are of two modes",
  );
});

test("shopify app dev tells the app's address as APP_URL", () => {
  const env = parseEnv({ ...app, SHOPIFY_APP_URL: undefined, APP_URL: "https://tunnel.example.com" });
  expect(env.shopify).toMatchObject({ appUrl: "https://tunnel.example.com" });
  expect(parseEnv({ APP_URL: "https://other.example.com" }).shopify).toBeNull();
});

test("a single shop with a fixed token", () => {
  expect(parseEnv({ ...singleShop, SHOPIFY_API_VERSION: "2027-01", PORT: "0" })).toMatchObject({
    port: 0,
    shopify: {
      mode: "single-shop",
      shopDomain: "my-store.myshopify.com",
      accessToken: "shpat_1",
      apiVersion: "2027-01",
      webhookSecrets: [{ secret: "hook", shop: "my-store.myshopify.com", signsForApp: true }],
    },
  });
});

test("every bad or missing variable is named in one error, and no value is repeated", () => {
  const read = () =>
    parseEnv({
      SHOPIFY_API_KEY: "key",
      SHOPIFY_APP_URL: "erp.example.com",
      SHOPIFY_API_SECRET: " ",
      DATABASE_URL: "mysql://user:very-private@host/db",
      PORT: "80a",
      LOG_LEVEL: "loud",
      SHOPIFY_API_VERSION: "2026-11",
    });
  expect(read).toThrow(
    [
      "The environment is not right:",
      "  - SHOPIFY_APP_URL must be a full http or https address",
      "  - SHOPIFY_API_VERSION must be a version of Shopify's, like 2026-10",
      "  - DATABASE_URL must be like postgres://user:password@host:5432/database",
      "  - PORT must be a port, 0 to 65535",
      "  - LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
      "  - SHOPIFY_API_SECRET is missing (set so far: SHOPIFY_API_KEY and SHOPIFY_APP_URL)",
    ].join("\n"),
  );
});

test("the variables of both modes at once are refused", () => {
  expect(() => parseEnv({ ...app, ...singleShop })).toThrow("are of two modes");
});

test("an address to listen on is one of the machine's, in numbers", () => {
  expect(parseEnv({ LISTEN_HOST: "127.0.0.1" }).listenHost).toBe("127.0.0.1");
  expect(parseEnv({ LISTEN_HOST: "::1" }).listenHost).toBe("::1");
  expect(() => parseEnv({ LISTEN_HOST: "https://erp.example.com" })).toThrow(
    "LISTEN_HOST must be an address",
  );
});

test("production has no embedded database", () => {
  expect(() => parseEnv({ ...app, NODE_ENV: "production" })).toThrow("DATABASE_URL is missing");
});
