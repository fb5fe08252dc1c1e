import { expect } from "vitest";

import { uninstallShop } from "#app/jobs/uninstall-shop.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { parseEnv } from "#app/lib/parse-env.ts";
import { startSimulator, type SimulatorOptions } from "#simulator/start-simulator.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";

import { keepSingleShop } from "./keep-single-shop.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";

async function aSingleShop(database: Database, options: SimulatorOptions) {
  const simulator = await startSimulator({ orders: 1, staticToken: TOKEN, ...options });
  const shop = simulator.domain;
  const said: string[] = [];
  const ends = new AbortController();
  const running: Promise<void>[] = [];
  const envWith = (token: string) =>
    parseEnv({
      ...{ SHOPIFY_SHOP_DOMAIN: shop, SHOPIFY_ACCESS_TOKEN: token, SHOPIFY_WEBHOOK_SECRET: "secret" },
      DATABASE_URL: database.url,
    });
  return {
    ...{ simulator, shop },
    /** A process comes up. */
    start: (token = TOKEN) => {
      const log = createLog("info", { write: (line: string) => said.push(line) });
      const context = { env: envWith(token), database, log, now: () => new Date() };
      running.push(keepSingleShop({ ...context, fetch: fetchFromSimulator(simulator.url) }, ends.signal, 20));
    },
    said: () => said.join(""),
    row: () => database.prisma.shop.findUnique({ where: { shop } }),
    close: async () => {
      ends.abort();
      await Promise.all(running);
      await simulator.close();
    },
  };
}

const test = databaseTest.extend("open", ({ database }, { onCleanup }) => {
  const open: (() => Promise<void>)[] = [];
  onCleanup(async () => {
    for (const close of open) await close();
  });
  return async (options: SimulatorOptions = {}) => {
    const shop = await aSingleShop(database, options);
    open.push(shop.close);
    return shop;
  };
});

const PATIENCE = { timeout: 15_000, interval: 20 };

test("web and worker record the shop at once, with what is granted and where its days begin, and it is one", async ({
  open,
  database,
}) => {
  const { start, row, simulator } = await open({ scopes: ["read_products", "read_orders"] });
  start();
  start();
  await expect.poll(row, PATIENCE).not.toBeNull();
  expect(await row()).toMatchObject({
    scopes: ["read_orders", "read_products"],
    name: simulator.store.shop.name,
    currency: "INR",
    timeZone: "Asia/Kolkata",
    uninstalledAt: null,
  });
  expect(await database.prisma.shop.count()).toBe(1);

  const first = await row();
  const asked = simulator.requests().length;
  start(); // started again
  await expect.poll(() => simulator.requests().length, PATIENCE).toBeGreaterThanOrEqual(asked + 2);
  await expect.poll(async () => (await row())?.updatedAt, PATIENCE).not.toEqual(first?.updatedAt);
  expect((await row())?.installedAt).toEqual(first?.installedAt);
});

test("while Shopify does not answer it is said once, and recorded as soon as it does", async ({ open }) => {
  const { start, row, said, simulator } = await open();
  simulator.faults.add({ kind: "http-5xx" });
  start();
  await expect.poll(said, PATIENCE).toContain("the shop could not be recorded");
  const asked = simulator.requests().length;
  await expect.poll(() => simulator.requests().length, PATIENCE).toBeGreaterThan(asked + 1);
  expect(await row()).toBeNull();
  simulator.faults.clear();
  await expect.poll(row, PATIENCE).not.toBeNull();
  await expect.poll(said, PATIENCE).toContain("the shop is recorded");
  expect(said().match(/could not be recorded/g)).toHaveLength(1);
});

test("a token that Shopify refuses is said with the next step of this mode", async ({ open }) => {
  const { start, row, said } = await open();
  start("shpat_another");
  await expect.poll(said, PATIENCE).toContain("Shopify refused SHOPIFY_ACCESS_TOKEN");
  expect(said()).toContain("Set a new SHOPIFY_ACCESS_TOKEN and start web and worker again.");
  expect(said()).not.toContain("shpat_");
  expect(await row()).toBeNull();
});

test("a shop that was uninstalled is installed again by a token that works", async ({ open, database }) => {
  const { start, row, shop } = await open();
  start();
  await expect.poll(row, PATIENCE).not.toBeNull();
  const at = new Date(Date.now() + 1000);
  expect(await uninstallShop(database.pool, { shop, at, now: at })).toBe("uninstalled");
  start();
  await expect.poll(async () => (await row())?.uninstalledAt, PATIENCE).toBeNull();
});

test("where the app has pages nothing is recorded by itself", async ({ database }) => {
  const env = parseEnv({
    ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "http://127.0.0.1:1" },
    DATABASE_URL: database.url,
  });
  const context = { env, database, log: createLog("silent"), now: () => new Date() };
  await keepSingleShop(context, new AbortController().signal);
  expect(await database.prisma.shop.count()).toBe(0);
});
