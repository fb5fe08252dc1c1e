import type { Browser, Frame } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;
let home: OpenAdmin;
let webhooks: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 30, seed: 6 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  home = await openAdmin(browser, stack);
  await home.app.getByRole("heading", { name: "In the ERP", exact: true }).waitFor();
  webhooks = await openAdmin(browser, stack, { path: "/app/webhooks" });
  await webhooks.app.getByRole("button", { name: "By topic" }).click();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const live = (init: RequestInit) => fetch(`${stack.simulatorUrl}/control/live`, init);

function frameOf({ page }: OpenAdmin): Frame {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  return frame;
}

/** What a page that was loaded anew would not know any more. */
const mark = (open: OpenAdmin) =>
  frameOf(open).evaluate(() => Object.assign(window, { neverReloaded: true }));
const isMarked = (open: OpenAdmin) => frameOf(open).evaluate(() => "neverReloaded" in window);

async function cachedOrders(): Promise<number> {
  const cells = await settingsPage(admin.app).cacheRow("Orders");
  return cells.reduce((sum, cell) => sum + Number(cell.replaceAll(",", "")), 0);
}

/** The third column of the row of a topic: how many webhooks came; 0 while it is in no row. */
async function webhooksOf(topic: string): Promise<number> {
  const row = settingsPage(webhooks.app)
    .card("Real-time sync status")
    .getByRole("row", { name: new RegExp(`^${topic}`) });
  if ((await row.count()) === 0) return 0;
  const [, , count = "0"] = await row.locator("th, td").allInnerTexts();
  return Number(/^[\d,]+/.exec(count.trim())?.[0].replaceAll(",", ""));
}

async function ordersOnHome(): Promise<number> {
  const text = await settingsPage(home.app).card("In the ERP").innerText();
  return Number(/Orders\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

/** On Settings in short: how many came in all. */
async function webhooksInAll(): Promise<number> {
  const text = await settingsPage(admin.app).card("Real-time sync status").innerText();
  return Number(/Came\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

test("while the store lives, the figures of Settings, of Webhooks and of Home rise without a reload", async () => {
  await mark(admin);
  await mark(webhooks);
  await mark(home);
  // What somebody types meanwhile stays, and so does the place they are at.
  const days = admin.app.getByLabel("Which system is it for?");
  await days.fill("Warehouse 45");
  const before = { cached: await cachedOrders(), home: await ordersOnHome() };
  expect(await webhooksOf("orders/create")).toBe(0);

  expect((await live({ method: "POST", body: JSON.stringify({ perSecond: 5, seed: 2 }) })).ok).toBe(true);
  try {
    const patience = { timeout: 40_000, interval: 250 };
    await expect.poll(() => webhooksOf("orders/create"), patience).toBeGreaterThan(0);
    const first = await webhooksOf("orders/create");
    await expect.poll(() => webhooksOf("orders/create"), patience).toBeGreaterThan(first);
    await expect.poll(webhooksInAll, patience).toBeGreaterThan(0);
    await expect.poll(cachedOrders, patience).toBeGreaterThan(before.cached);
    const cached = await cachedOrders();
    await expect.poll(cachedOrders, patience).toBeGreaterThan(cached);
    await expect.poll(ordersOnHome, patience).toBeGreaterThan(before.home);
    const orders = await ordersOnHome();
    await expect.poll(ordersOnHome, patience).toBeGreaterThan(orders);
  } finally {
    await live({ method: "DELETE" });
  }

  expect(await Promise.all([admin, webhooks, home].map(isMarked))).toEqual([true, true, true]);
  expect(await days.inputValue()).toBe("Warehouse 45");
  expect(await days.evaluate((field) => field === document.activeElement)).toBe(true);
});

test("once it stands still, both pages come to rest at what the ERP holds", async () => {
  const { pool } = stack.database;
  const inErp = async () => {
    const { rows } = await pool.query<{ orders: number }>(
      `select count(*)::int as orders from "Order" where shop = $1 and not test`,
      [stack.domain],
    );
    return rows[0]?.orders;
  };
  await expect.poll(async () => (await ordersOnHome()) === (await inErp()), { timeout: 30_000 }).toBe(true);
  // Asked anew each time: a webhook sent before the store stood still may come after either look.
  const inCache = async () => {
    const { rows } = await pool.query<{ cached: number }>(
      `select count(*)::int as cached from "ShopifyOrderCache" where shop = $1`,
      [stack.domain],
    );
    return rows[0]?.cached;
  };
  await expect.poll(async () => (await cachedOrders()) === (await inCache()), { timeout: 30_000 }).toBe(true);
});

test("while yesterday is being checked, Home does not look", async () => {
  await fetch(`${stack.simulatorUrl}/control/faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "slow", operation: "ordersCount", count: 1, delayMs: 6_000 }),
  });
  const asked: string[] = [];
  home.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await home.app.getByRole("button", { name: "Check now" }).click();
  const checked = await home.page.waitForResponse((response) =>
    response.url().includes("/api/shopify/proof"),
  );
  expect(checked.status()).toBe(200);
  expect(asked.some((path) => path.startsWith("/api/shopify/proof"))).toBe(true);
  expect(asked).not.toContain("/app/progress");
  await home.page.waitForRequest((request) => request.url().endsWith("/app/progress"));
});

test("the browsers had nothing to complain about", () => {
  expect([...admin.problems, ...webhooks.problems, ...home.problems]).toEqual([]);
});
