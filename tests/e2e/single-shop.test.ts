import { afterAll, beforeAll, expect, test } from "vitest";

import { startSimulator, type Simulator } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { findFreePort, startApp, type AppProcesses } from "#tests/faults/app-processes.ts";
import { startSyncCommand } from "#tests/setup/sync-command.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { aDelivery } from "#tests/webhooks/a-delivery.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";
const WEBHOOK_SECRET = "the store's own";
const PATIENCE = { timeout: 60_000, interval: 100 };

let simulator: Simulator;
let database: TestDatabase;
let app: AppProcesses;
let env: Record<string, string>;

beforeAll(async () => {
  const port = await findFreePort();
  database = await createTestDatabase();
  simulator = await startSimulator({
    ...{ orders: 60, seed: 5, staticToken: TOKEN, apiSecret: WEBHOOK_SECRET, restoreRate: 10_000 },
    appUrl: `http://127.0.0.1:${String(port)}`,
    webhookPaths: readAppSubscriptions("shopify.app.toml"),
  });
  env = {
    ...{ DATABASE_URL: database.url, SIMULATOR_URL: simulator.url },
    SHOPIFY_SHOP_DOMAIN: simulator.domain,
    SHOPIFY_ACCESS_TOKEN: TOKEN,
    SHOPIFY_WEBHOOK_SECRET: WEBHOOK_SECRET,
  };
  // Shopify does not answer while they start: they are up all the same.
  simulator.faults.add({ kind: "http-5xx" });
  app = await startApp({ ...env, PORT: String(port) });
});

afterAll(async () => {
  await app.close();
  await simulator.close();
  await database.drop();
});

const sync = async (...args: string[]) => {
  const command = startSyncCommand(args, env);
  const code = await command.ended;
  return { code, stdout: command.stdout(), stderr: command.stderr() };
};

test("one shop with a fixed token: the whole store by command line, news by webhook, and nobody ever opens a page", async () => {
  const { prisma, pool } = database.db;
  const where = { shop: simulator.domain };
  await expect.poll(() => app.output(), PATIENCE).toMatch(/web: .*the shop could not be recorded/);
  await expect.poll(() => app.output(), PATIENCE).toMatch(/worker: .*the shop could not be recorded/);
  expect(await prisma.shop.count({ where })).toBe(0);
  simulator.faults.clear();

  for (const kind of ["products", "customers", "orders"]) {
    const { code, stdout, stderr } = await sync(kind);
    expect(code, stderr + app.output()).toBe(0);
    expect(stdout).not.toContain("it runs here");
  }
  expect(await prisma.shop.findUnique({ where })).toMatchObject({
    currency: "INR",
    timeZone: "Asia/Kolkata",
  });
  const counted = async () => {
    const { rows } = await pool.query<{ orders: number; total: string }>(
      `select count(*)::int as orders, coalesce(sum("currentTotalAmount"), 0)::text as total
       from "Order" where shop = $1 and not test`,
      [simulator.domain],
    );
    return { orders: rows[0]?.orders, total: Number(rows[0]?.total) };
  };
  const wanted = () => {
    const { orders, totals } = simulator.store.expectations();
    return { orders, total: Number(totals.INR) };
  };
  const before = wanted();
  expect(await counted()).toEqual(before);
  expect(await prisma.product.count({ where })).toBeGreaterThan(0);

  const variant = simulator.store.collection("productVariants")?.at(0);
  const { happenings } = simulator.act({
    ...{ act: "placeOrder", lines: [{ variant: variant?.id ?? "", quantity: 2 }], payment: "paid" },
  });
  expect(happenings).toContain("orders/create");
  await expect.poll(counted, PATIENCE).toEqual(wanted());
  expect(wanted().orders).toBe(before.orders + 1);
  expect(await prisma.webhookDelivery.count({ where: { ...where, topic: "orders/create" } })).toBe(1);

  const { code, stdout } = await sync("status");
  expect(code).toBe(0);
  expect(stdout).toContain("fixed token (SHOPIFY_ACCESS_TOKEN)");
  expect(stdout).toMatch(new RegExp(`In the ERP .*orders ${String(wanted().orders)}\n`));
  expect(stdout).toMatch(/Failing +none/);
});

test("a delivery signed with another secret is refused, and so is one of another shop", async () => {
  const send = (delivery: RequestInit) =>
    fetch(`${simulator.webhooks.targets.appUrl ?? ""}/api/webhooks/shopify/orders`, delivery);
  expect((await send(aDelivery({ shop: simulator.domain, secret: "another" }))).status).toBe(401);
  expect((await send(aDelivery({ shop: "another.myshopify.com", secret: WEBHOOK_SECRET }))).status).toBe(401);
});

test("a key made on the command line opens the API; without one it refuses in JSON", async () => {
  const made = await sync("api-key", "create", "--name", "Warehouse", "--scopes", "read,sync");
  expect(made.code, made.stderr).toBe(0);
  const key = made.stdout.trim();
  const call = (path: string, init: RequestInit = {}, bearer?: string) =>
    fetch(`${simulator.webhooks.targets.appUrl ?? ""}/api/shopify/${path}`, {
      ...init,
      headers: {
        "Content-Type": "application/json",
        ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
      },
    });
  expect((await call("cache/cache-status", {}, key)).status).toBe(200);
  const order = await database.db.prisma.order.findFirst({ where: { shop: simulator.domain } });
  const body = JSON.stringify({ number: order?.orderNumber });
  const fetched = await call("orders/fetch", { method: "POST", body }, key);
  expect([fetched.status, await fetched.json()]).toMatchObject([200, { orders: [{}] }]);

  for (const bearer of [undefined, `${key}x`]) {
    const refused = await call("cache/cache-status", {}, bearer);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({
      error: { code: "UNAUTHORIZED", next: "Send a valid API key." },
    });
  }
  const { items } = JSON.parse((await sync("api-key", "list", "--json")).stdout) as {
    items: { id: string }[];
  };
  expect((await sync("api-key", "revoke", items[0]?.id ?? "")).code).toBe(0);
  expect((await call("cache/cache-status", {}, key)).status).toBe(401);
});
