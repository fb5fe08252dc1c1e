import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { openAdmin, PHONE, takeRefusals, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;
let folder: string;

/** Yesterday at noon in India, the store's time zone. */
function yesterdayNoon(): string {
  const indianDay = new Date(Date.now() + 5.5 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
  return `${indianDay}T06:30:00Z`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yesterdays-proof-"));
  const dataFile = join(folder, "store.json");
  const createdAt = yesterdayNoon();
  const order = (id: number, price: string) => ({
    ...{
      id,
      name: `#${String(id)}`,
      createdAt,
      processedAt: createdAt,
      updatedAt: createdAt,
      gateway: "Razorpay",
    },
    lineItems: [{ sku: "SHIRT", quantity: 1, originalUnitPrice: price }],
  });
  await writeFile(
    dataFile,
    JSON.stringify({
      shop: { ianaTimezone: "Asia/Kolkata" },
      products: [{ title: "Shirt", variants: [{ sku: "SHIRT", price: "100.00" }] }],
      orders: [order(1, "618000.00"), order(2, "240.00"), { ...order(3, "99.00"), test: true }],
    }),
  );
  stack = await startTestStack({ dataFile });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await rm(folder, { recursive: true });
});

const home = (app = admin.app) => settingsPage(app).card("Yesterday");
const PATIENCE = { timeout: 30_000, interval: 500 };

/** The page of yesterday's proof, loaded anew. */
async function openDay(): Promise<void> {
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: `/app/proof/${yesterdayNoon().slice(0, 10)}` });
  await admin.app.getByRole("heading", { name: "Difference" }).waitFor();
}

test("before anybody has checked, Home says so", async () => {
  await home().getByText("Not yet compared with Shopify.").waitFor();
});

test("what has not been synced is missing, and noted to be fetched", async () => {
  await home().getByRole("button", { name: "Check now" }).click();
  await admin.page.locator(".toast", { hasText: "Yesterday was checked" }).waitFor();
  await home()
    .getByText(/^Shopify 2 orders ₹6,18,240 · ERP 0 orders ₹0 · missing 2 · /)
    .waitFor();
  await home().getByText("Not in agreement").waitFor();
  // Asked for, or fetched already.
  const { rows } = await stack.database.pool.query(
    `select id from "ShopifyFetchRequest" where shop = $1
     union select id from "ShopifyOrderCache" where shop = $1 order by id`,
    [stack.domain],
  );
  expect(rows.map(({ id }) => id as unknown)).toEqual(["1", "2"]);
});

const missing = () => settingsPage(admin.app).card("Missing in the ERP (2)");

test("the figure that needs a look leads to the page of the day, which names its orders and why they are missing", async () => {
  await home().getByRole("link", { name: "missing 2" }).click();
  await admin.app.getByRole("heading", { name: "Difference" }).waitFor();
  await missing().getByText("#1", { exact: true }).waitFor();
  await missing().getByText("#2", { exact: true }).waitFor();
  // What is missing is fetched; then its SKU is not known, and the entry says so.
  await expect
    .poll(async () => {
      await openDay();
      return missing().getByText("SKU not found: SHIRT").count();
    }, PATIENCE)
    .toBe(2);
  expect(await missing().getByRole("link", { name: "#1", exact: true }).getAttribute("href")).toContain(
    "/app/cache/order/1",
  );
  expect(await findBarriers(admin.page)).toEqual([]);
});

test("days without a proof say so, and no page is there for a day that is not over", async () => {
  await admin.app.getByRole("link", { name: /^Day before/ }).click();
  await admin.app.getByText("This day has not been compared with Shopify").waitFor();
  await admin.app.getByRole("link", { name: /^Day after/ }).click();
  await missing().waitFor();
  const before = admin.problems.length;
  const future = await openAdmin(browser, stack, { path: "/app/proof/2100-01-01" });
  await future.app.getByText("this day is not over yet").waitFor();
  await future.page.close();
  admin.problems.splice(before);
});

test("after a sync of the products the orders come by themselves, and the day leads to each", async () => {
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  await expect
    .poll(async () => {
      await openDay();
      return missing().getByText("It is in the ERP by now: check again.").count();
    }, PATIENCE)
    .toBe(2);
  await missing().getByRole("link", { name: "#1", exact: true }).click();
  await expect
    .poll(() => admin.page.frame({ name: "app-iframe" })?.url(), PATIENCE)
    .toContain("/app/orders/1");
});

test("checked from its own page, the day is in agreement", async () => {
  await openDay();
  await admin.page.locator("#actions button", { hasText: "Check now" }).click();
  await admin.page.locator(".toast", { hasText: "was checked" }).waitFor();
  await admin.app.getByText("In agreement", { exact: true }).waitFor();
  await admin.app.getByRole("heading", { name: "Missing in the ERP (0)" }).waitFor();
});

test("after a sync, both sides agree", async () => {
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  await settings.choosePeriod("Last 7 days");
  await settings.click("Full Dump");
  await settings.finished("Full dump of orders");
  expect(admin.problems).toEqual([]);
  await admin.page.close();
  admin = await openAdmin(browser, stack);
  await home().getByRole("button", { name: "Check now" }).click();
  await home()
    .getByText(/^Shopify 2 orders ₹6,18,240 · ERP 2 orders ₹6,18,240 · missing 0 · on hold 0 · checked \d/)
    .waitFor();
  await home().getByText("In agreement", { exact: true }).waitFor();
});

test("on a phone the line is whole and fits", async () => {
  const phone = await openAdmin(browser, stack, { viewport: PHONE });
  await home(phone.app)
    .getByText(/^Shopify 2 orders .* checked \d/)
    .waitFor();
  const frame = phone.page.frame({ name: "app-iframe" });
  const overflow = await frame?.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await phone.page.close();
});

test("the API tells the same; a day that is not over is refused by its field", async () => {
  const ask = (path: string) =>
    admin.page.frame({ name: "app-iframe" })?.evaluate(async (at) => {
      const response = await fetch(at);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    }, path);
  expect(await ask("/api/shopify/proof")).toMatchObject({
    status: 200,
    body: {
      ...{ isYesterday: true, state: "fresh", timeZone: "Asia/Kolkata" },
      proof: {
        currency: "INR",
        shopifyOrders: 2,
        shopifyTotal: "618240.00",
        erpTotal: "618240.00",
        missing: [],
      },
    },
  });
  const before = admin.problems.length;
  expect(await ask("/api/shopify/proof?day=2100-01-01")).toMatchObject({
    status: 422,
    body: {
      error: { code: "VALIDATION", message: "day: this day is not over yet.", next: expect.any(String) },
    },
  });
  expect(await ask("/api/shopify/webhooks/health?hours=0")).toMatchObject({
    status: 422,
    body: { error: { code: "VALIDATION" } },
  });
  admin.problems.splice(before);
});

test("when Shopify does not answer, Home says why and what to do, and keeps the last proof", async () => {
  await fetch(`${stack.simulatorUrl}/control/faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "http-5xx", operation: "ordersCount" }),
  });
  const before = admin.problems.length;
  await home().getByRole("button", { name: "Check now" }).click();
  await home()
    .getByText(/^Shopify does not answer/)
    .waitFor();
  await home()
    .getByText(/check Shopify's status page/)
    .waitFor();
  await home()
    .getByText(/^Shopify 2 orders .* missing 0/)
    .waitFor();
  expect(takeRefusals(admin, before)).toEqual(["502"]);
});

test("when Shopify limits the rate, Home says so and when to check again, not that it was checked", async () => {
  await fetch(`${stack.simulatorUrl}/control/faults`, { method: "DELETE" });
  await fetch(`${stack.simulatorUrl}/control/faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "throttled", operation: "ordersCount" }),
  });
  const before = admin.problems.length;
  const toasts = admin.page.locator(".toast", { hasText: "checked" });
  const shown = await toasts.count();
  await home().getByRole("button", { name: "Check now" }).click();
  await home()
    .getByText(/^Rate limited/)
    .waitFor();
  await home()
    .getByText(/^Check again in a minute/)
    .waitFor();
  expect(await toasts.count()).toBeLessThanOrEqual(shown);
  expect(takeRefusals(admin, before)).toEqual(["429"]);
});

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});
