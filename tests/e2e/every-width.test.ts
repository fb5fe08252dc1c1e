import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ orders: 60, seed: 5 });
  browser = await launchBrowser();
  // Something on every part of the page: failed orders, finished jobs, a schedule that is off, and what a backfill would change.
  const { page, app } = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
  const settings = settingsPage(app);
  await settings.choosePeriod("All orders");
  await settings.click("Full Dump");
  await settings.finished("Full dump of orders");
  await settings.click("Dry run");
  await settings.finished("Backfill");
  await page.close();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test.each([
  ["Home on a desk", "/app", "In the ERP", DESKTOP],
  ["Home on a phone", "/app", "In the ERP", PHONE],
  ["Settings → Shopify on a desk", "/app/settings/shopify", "Last run", DESKTOP],
  ["Settings → Shopify on a phone", "/app/settings/shopify", "Last run", PHONE],
])("%s fits its width and has no serious barrier", async (_name, path, shown, viewport) => {
  const { page, app } = await openAdmin(browser, stack, { path, viewport });
  await app.getByText(shown, { exact: true }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(await findBarriers(page)).toEqual([]);
  await page.close();
});

test("a phone's buttons are reached by the keyboard", async () => {
  const { page, app } = await openAdmin(browser, stack, { path: "/app/settings/shopify", viewport: PHONE });
  const preview = app.getByRole("button", { name: "Preview", exact: true });
  await preview.focus();
  await page.keyboard.press("Enter");
  await app.getByText("Only customers with at least one order are synced.").waitFor();
  await page.close();
});
