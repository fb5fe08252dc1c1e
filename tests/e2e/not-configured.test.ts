import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

import { appAddresses } from "./app-addresses.ts";
import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const PAGES = ["/", "/auth/login?shop=a.myshopify.com", ...appAddresses()];
const API = ["/api/shopify/cache/cache-status", "/api/shopify/proof", "/api/shopify/webhooks/health"];

describe.each([
  [
    "nothing is configured",
    { status: 503, words: "Shopify is not configured", next: "Set SHOPIFY_API_KEY" },
    { status: 503, error: { code: "SHOPIFY_NOT_CONFIGURED", message: "Shopify is not configured" } },
    {},
  ],
  [
    "one shop's fixed token is configured, with which nobody could sign in",
    {
      status: 404,
      words: "This app runs for one shop with a fixed token, and has no pages",
      next: "npm run sync -- --help",
    },
    { status: 401, error: { code: "UNAUTHORIZED", next: "Send a valid API key." } },
    {
      SHOPIFY_SHOP_DOMAIN: "one-shop.myshopify.com",
      SHOPIFY_ACCESS_TOKEN: "a-fixed-token",
      SHOPIFY_WEBHOOK_SECRET: "a-secret",
    },
  ],
])("when %s", (_when, { status, words, next }, ofApi, env) => {
  let database: TestDatabase;
  let web: Child;

  beforeAll(async () => {
    await ensureBuild();
    database = await createTestDatabase();
    web = await startChild({
      name: "web",
      args: ["--import", "./simulator/preload.mjs", "app/server.ts"],
      ready: /"port":(\d+),"msg":"web process listening"/,
      cwd: path.resolve(import.meta.dirname, "../.."),
      env: {
        ...{ PATH: process.env.PATH, DATABASE_URL: database.url, PORT: "0", NODE_ENV: "production" },
        SIMULATOR_URL: "http://127.0.0.1:1", // nothing leaves this machine
        ...env,
      },
      onLine: () => undefined,
    });
  });

  afterAll(async () => {
    await web.stop();
    await database.drop();
  });

  test.each(PAGES)("%s says so, and what to do", async (page) => {
    const answer = await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${page}`, {
      headers: { "User-Agent": BROWSER },
      redirect: "manual",
    });
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).toContain(next);
    expect(text).not.toContain("Open the app from Shopify Admin");
  });

  test.each(API)("%s says so in JSON", async (path) => {
    const answer = await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${path}`);
    expect(answer.status).toBe(ofApi.status);
    expect(await answer.json()).toMatchObject({ error: ofApi.error });
  });

  test("the process is healthy all the same", async () => {
    expect((await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}/readyz`)).status).toBe(200);
  });
});
