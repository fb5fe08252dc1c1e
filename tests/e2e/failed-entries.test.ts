import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  const scopes = DEFAULT_SCOPES.filter((scope) => scope !== "read_all_orders");
  stack = await startTestStack({ orders: 200, seed: 3, scopes });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test("without read_all_orders a period over 60 days is refused in words and nothing starts", async () => {
  const settings = settingsPage(admin.app);
  await settings.choosePeriod("Last 90 days");
  await settings.click("Full Dump");
  await settings
    .card("Sync")
    .getByText(/read_all_orders/)
    .first()
    .waitFor();
  expect(await admin.page.locator(".toast").count()).toBe(0);
  const { rows } = await stack.database.pool.query(`select id from "SyncJob"`);
  expect(rows).toEqual([]);
});

test("dates that make no sense are refused by their field", async () => {
  const settings = settingsPage(admin.app);
  await settings.choosePeriod("From a date to a date");
  await admin.app.getByLabel("From").fill("2026-11-05");
  await admin.app.getByLabel("To").fill("2026-11-01");
  await settings.click("Full Dump");
  await settings.card("Sync").getByText("To: the last day is before the first.").waitFor();
});

test("orders whose SKUs are unknown fail with the SKU's name, the next step and a way to retry", async () => {
  const settings = settingsPage(admin.app);
  await settings.choosePeriod("Last 60 days");
  await settings.click("Full Dump");
  await settings.finished("Full dump of orders");
  const failed = settings.card("Failed entries");
  const entry = failed.getByText(/^SKU not found: \S+/).first();
  await entry.waitFor({ timeout: 15_000 });
  await failed
    .getByText(/Sync all products/)
    .first()
    .waitFor();
  await failed
    .getByText(/SKU_NOT_FOUND · 1 try · next try/)
    .first()
    .waitFor();

  await failed
    .getByRole("button", { name: /^Retry Order/ })
    .first()
    .click();
  await admin.page.locator(".toast", { hasText: "Trying the entry again" }).waitFor();
  await entry.waitFor();
  const [, , failing = "0"] = await settings.cacheRow("Orders");
  expect(Number(failing)).toBeGreaterThan(0);
});

test("once the products are there, the same orders go through", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  const retryAll = admin.app.getByRole("button", { name: "Retry Failed", exact: true });
  // They may go through by themselves before it is pressed, and it is gone then.
  if (await retryAll.isVisible()) await retryAll.click({ timeout: 5_000 }).catch(() => undefined);
  await settings.card("Failed entries").getByText("No entry has failed.").waitFor({ timeout: 30_000 });
  await expect
    .poll(async () => (await settings.cacheRow("Orders")).slice(2), { timeout: 10_000 })
    .toEqual(["0", "0"]);
});
