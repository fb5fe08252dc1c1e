import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startTestShop } from "./fixtures/test-shop.ts";

const run = promisify(execFile);
const preload = new URL("preload.mjs", import.meta.url).href;
const script = new URL("fixtures/use-shopify-library.ts", import.meta.url).pathname;

test("Shopify's own library installs, refreshes and queries through the preload, and nothing gets out", async () => {
  const { simulator } = await startTestShop({ scopes: ["read_orders", "read_products"] });
  const { domain, apiKey, apiSecret, url } = simulator;
  const { stdout } = await run(process.execPath, ["--import", preload, script], {
    env: {
      ...process.env,
      SIMULATOR_URL: url,
      SHOP: domain,
      API_KEY: apiKey,
      API_SECRET: apiSecret,
      SESSION_TOKEN: simulator.issueSessionToken(),
    },
  }).finally(() => simulator.close());
  const said = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as unknown;
  expect(said).toEqual({
    offline: { expiresInMinutes: 60, refreshInDays: 90, scope: "read_orders,read_products" },
    forever: { expires: null, refreshToken: null },
    online: { isOnline: true, user: true },
    rotated: true,
    data: { shop: { myshopifyDomain: "tiny.myshopify.com" } },
    badToken: { code: 401, body: expect.objectContaining({}) as unknown },
    badQuery: { graphQLErrors: expect.objectContaining({}) as unknown },
    badRefresh: {
      code: 400,
      body: { error: "invalid_grant", error_description: "This request requires an active refresh_token" },
    },
    otherShop: { code: 404, body: { errors: "Not Found" } },
    otherHost: "TypeError: The simulator lets no request out: https://example.com was asked for.",
  });
});

test("the preload says what it needs", async () => {
  const env = { ...process.env };
  delete env.SIMULATOR_URL;
  await expect(run(process.execPath, ["--import", preload, "-e", "0"], { env })).rejects.toThrow(
    "needs SIMULATOR_URL",
  );
});

test.each([
  [["--orders", "many"], "--orders must be a whole number from 0 to 5000000"],
  [["--port", "99999"], "--port must be a whole number from 0 to 65535"],
  [["--data", "/no/such/file.json"], "--data /no/such/file.json: there is no such file."],
  [["--colour", "red"], "Unknown option '--colour'"],
])("npm run simulator -- %j ends with a sentence and code 1", async (args, message) => {
  const main = new URL("main.ts", import.meta.url).pathname;
  const failed = await run(process.execPath, [main, ...args]).then(
    () => null,
    (error: unknown) => error as { code: number; stderr: string },
  );
  expect(failed?.code).toBe(1);
  expect(failed?.stderr).toContain(message);
  expect(failed?.stderr).not.toContain("    at ");
});
