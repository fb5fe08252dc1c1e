import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { issueSessionToken } from "#simulator/oauth/session-token.ts";
import { DEVELOPMENT_APP } from "#simulator/simulator-defaults.ts";
import { cuttableLine } from "#tests/setup/cuttable-line.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";
import { appAddresses } from "./app-addresses.ts";

const SHOP = "a-shop.myshopify.com";
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

let database: TestDatabase;
let line: Awaited<ReturnType<typeof cuttableLine>>;
let web: Child;

beforeAll(async () => {
  await ensureBuild();
  database = await createTestDatabase();
  const { pool } = database.db;
  await pool.query(
    `insert into "Shop" (shop, currency, "timeZone", locale) values ($1, 'INR', 'Asia/Kolkata', 'en')`,
    [SHOP],
  );
  await pool.query(
    `insert into "Session" (id, shop, state, "isOnline", scope, expires, "accessToken")
     values ('offline_' || $1::text, $1::text, '', false, 'read_orders', now() + interval '1 day', 'shpat_of_nobody')`,
    [SHOP],
  );
  line = await cuttableLine(database.url);
  // As when a machine starts and its database takes longer than its web process.
  await line.cut();
  web = await startChild({
    name: "web",
    args: ["--import", "./simulator/preload.mjs", "app/server.ts"],
    ready: /"port":(\d+),"msg":"web process listening"/,
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: line.url, PORT: "0", NODE_ENV: "production" },
      SIMULATOR_URL: "http://127.0.0.1:1", // nothing leaves this machine
      SHOPIFY_API_KEY: DEVELOPMENT_APP.apiKey,
      SHOPIFY_API_SECRET: DEVELOPMENT_APP.apiSecret,
      SHOPIFY_APP_URL: "http://localhost",
      SCOPES: "read_orders",
    },
    onLine: () => undefined,
  });
});

afterAll(async () => {
  await web.stop();
  await database.drop();
});

const ask = async (address: string, form?: Record<string, string>) => {
  const isFetched = /\/(export|progress|charts|counts|sums|payload|state)$/.test(address);
  const answer = await fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${address}${isFetched ? "" : ".data"}`, {
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    headers: {
      "User-Agent": BROWSER,
      Authorization: `Bearer ${issueSessionToken({ domain: SHOP, ...DEVELOPMENT_APP }, new Date())}`,
    },
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text() };
};

/** The app's addresses that say something else than that the database does not answer. */
async function silent(): Promise<string[]> {
  const found: string[] = [];
  for (const address of appAddresses()) {
    const { status, text } = await ask(address);
    if (status !== 503 || !text.includes("The database does not answer"))
      found.push(`${address}: ${String(status)} ${text.slice(0, 80)}`);
  }
  return found;
}

test("while the database does not answer, from the first moment on, every address of the app says so in words", async () => {
  expect(await silent()).toEqual([]);
});

test("once it answers the app works, without a new start; cut off again it says so again", async () => {
  await line.join();
  await expect.poll(async () => (await ask("/app")).status, { timeout: 15_000 }).toBe(200);
  await line.cut();
  expect(await silent()).toEqual([]);
});

test("a button pressed meanwhile is answered, so that the page stays with what was typed into it", async () => {
  const pages = [
    "/app/settings/orders",
    "/app/settings/payment-rules",
    "/app/settings/shopify",
    "/app/orders/1",
  ];
  for (const page of pages) {
    const { status, text } = await ask(page, { intent: "save" });
    expect({ page, status, text }).toEqual({
      ...{ page, status: 503 },
      text: expect.stringMatching(
        /"data",.*"code","DATABASE_DOWN".*What you have entered is still here/,
      ) as string,
    });
  }
});
