import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const PAGES = [
  "/",
  "/app",
  "/app/settings/shopify",
  "/app/settings/shopify/progress",
  "/api/shopify/proof",
  "/api/shopify/webhooks/health",
  "/auth/login?shop=a.myshopify.com",
];

describe.each([
  ["nothing is configured", {}],
  [
    "one shop's fixed token is configured, with which nobody could sign in",
    {
      SHOPIFY_SHOP_DOMAIN: "one-shop.myshopify.com",
      SHOPIFY_ACCESS_TOKEN: "a-fixed-token",
      SHOPIFY_WEBHOOK_SECRET: "a-secret",
    },
  ],
])("when %s", (_when, env) => {
  let database: TestDatabase;
  let web: Child;

  beforeAll(async () => {
    await ensureBuild();
    database = await createTestDatabase();
    web = await startChild({
      name: "web",
      args: ["app/server.ts"],
      ready: /"port":(\d+),"msg":"web process listening"/,
      cwd: path.resolve(import.meta.dirname, "../.."),
      env: { PATH: process.env.PATH, DATABASE_URL: database.url, PORT: "0", NODE_ENV: "production", ...env },
      onLine: () => undefined,
    });
  });

  afterAll(async () => {
    await web.stop();
    await database.drop();
  });

  test.each(PAGES)("%s answers 503 in words", async (page) => {
    const answer = await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${page}`, {
      headers: { "User-Agent": BROWSER },
      redirect: "manual",
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("Shopify is not configured");
  });

  test("the process is healthy all the same", async () => {
    expect((await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}/readyz`)).status).toBe(200);
  });
});
