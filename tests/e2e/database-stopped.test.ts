import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { issueSessionToken } from "#simulator/oauth/session-token.ts";
import { DEVELOPMENT_APP } from "#simulator/simulator-defaults.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";
import { appAddresses } from "./app-addresses.ts";

const SHOP = "a-shop.myshopify.com";
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

let database: TestDatabase;
let line: { server: Server; cut: () => Promise<void> };
let web: Child;

/** A line to the database that can be cut: the server itself is every test's. */
async function startLine(target: URL): Promise<typeof line> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, "close");
  };
  return { server, cut };
}

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
  const url = new URL(database.url);
  line = await startLine(url);
  url.port = String((line.server.address() as AddressInfo).port);
  web = await startChild({
    name: "web",
    args: ["--import", "./simulator/preload.mjs", "app/server.ts"],
    ready: /"port":(\d+),"msg":"web process listening"/,
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: url.href, PORT: "0", NODE_ENV: "production" },
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
  await line.cut();
  await database.drop();
});

const ask = (address: string) =>
  fetch(`http://127.0.0.1:${web.ready[1] ?? ""}${address}`, {
    headers: {
      "User-Agent": BROWSER,
      Authorization: `Bearer ${issueSessionToken({ domain: SHOP, ...DEVELOPMENT_APP }, new Date())}`,
    },
    redirect: "manual",
  });

test("while the database does not answer, every address of the app says so in words", async () => {
  expect((await ask("/app.data")).status).toBe(200);
  await line.cut();
  const silent: string[] = [];
  for (const address of appAddresses()) {
    const answer = await ask(/\/(export|progress|counts|payload|state)$/.test(address) ? address : `${address}.data`);
    const text = await answer.text();
    if (answer.status !== 503 || !text.includes("The database does not answer"))
      silent.push(`${address}: ${String(answer.status)} ${text.slice(0, 80)}`);
  }
  expect(silent).toEqual([]);
});
