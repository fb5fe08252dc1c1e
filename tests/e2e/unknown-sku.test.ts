import path from "node:path";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  const dataFile = path.resolve(import.meta.dirname, "../fixtures/unknown-sku-store.json");
  stack = await startTestStack({ dataFile });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test("of two orders the one with an unknown SKU fails, named, and the other goes through", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  await settings.choosePeriod("All orders");
  await settings.click("Full Dump");
  expect(await settings.finished("Full dump of orders")).toMatch(/1 created · .* · 1 failed/);

  const failed = settings.card("Failed entries");
  await failed.getByRole("heading", { name: "Order #2" }).waitFor({ timeout: 15_000 });
  await failed.getByText("SKU not found: NOT-THERE", { exact: true }).waitFor();
  const { rows } = await stack.database.pool.query(`select "orderNumber" from "Order" where shop = $1`, [
    stack.domain,
  ]);
  expect(rows).toEqual([{ orderNumber: "#1" }]);
});

test("retried while the SKU is still unknown, it fails again and says so", async () => {
  const settings = settingsPage(admin.app);
  await admin.app.getByRole("button", { name: "Retry Order #2" }).click();
  await admin.page.locator(".toast", { hasText: "Trying the entry again" }).waitFor();
  await settings.finished("Process pending");
  await expect.poll(() => settings.cacheRow("Orders"), { timeout: 10_000 }).toEqual(["0", "1", "1", "0"]);
  await settings.card("Failed entries").getByText("SKU not found: NOT-THERE", { exact: true }).waitFor();
});
