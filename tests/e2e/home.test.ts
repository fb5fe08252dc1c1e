import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { saveSettings } from "#app/settings/save-settings.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, type OpenAdmin } from "./open-admin.ts";

const JOB = { timeout: 60_000 };

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 60, seed: 5 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const card = (heading: string | RegExp) =>
  admin.app.locator(".Polaris-ShadowBevel", { has: admin.app.getByRole("heading", { name: heading }) });
const setup = () => card("Initial set-up");
const problems = () => card(/needs? you$/);
const step = (title: string) =>
  setup()
    .getByRole("listitem")
    .filter({ has: admin.app.getByRole("heading", { name: title }) });

test("an empty shop is led through the set-up, and nothing that is not done is ticked", async () => {
  await setup().getByText("2 of 10 done").waitFor();
  for (const title of ["Connect the store", "Nothing leaves by itself"])
    await step(title).getByText("Done", { exact: true }).waitFor();
  for (const title of ["Sync all products", "Full dump of orders", "Webhooks arrive", "Start the schedule"])
    await step(title).getByText("Not done", { exact: true }).waitFor();
  await card("Orders of the last 30 days").getByText("No order was created in the last 30 days.").waitFor();
  await card("Last runs").getByText("Nothing has run yet").waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
});

test("orders dumped before their products fail, and Home says why", async () => {
  await step("Full dump of orders").getByRole("button", { name: "Dump all orders" }).click();
  await admin.page.locator(".toast", { hasText: "started" }).waitFor();
  await step("Full dump of orders").getByText("Done", { exact: true }).waitFor(JOB);
  const failed = problems().getByRole("heading", { name: /^\d+ orders failed: SKU not found$/ });
  await failed.waitFor(JOB);
  await problems()
    .getByText(/^SKU not found: \S+/)
    .waitFor();
  const see = problems().getByRole("link", { name: /^See them \(\d+ orders failed: SKU not found/ });
  expect(await see.getAttribute("href")).toContain("/app/cache/order?status=failed&code=SKU_NOT_FOUND");
});

test("the button beside it mends it, and the problem goes without a reload", async () => {
  await problems()
    .getByRole("button", { name: /^Sync all products \(\d+ orders failed/ })
    .click();
  await step("Sync all products").getByText("Done", { exact: true }).waitFor(JOB);
  await admin.app.getByText(/orders failed: SKU not found/).waitFor({ state: "detached", ...JOB });
  await step("Everything from the cache is in the ERP").getByText("Done", { exact: true }).waitFor(JOB);
});

test("the rest of the set-up ticks itself off, and the list closes when the shop works", async () => {
  await step("Start the schedule").getByRole("button", { name: "Start the schedule" }).click();
  await step("Start the schedule").getByText("Done", { exact: true }).waitFor(JOB);
  const live = (init: RequestInit) => fetch(`${stack.simulatorUrl}/control/live`, init);
  await live({ method: "POST", body: JSON.stringify({ perSecond: 5, seed: 2 }) });
  try {
    await expect
      .poll(async () => {
        const { rows } = await stack.database.pool.query<{ orders: number }>(
          `select count(*)::int as orders from "Order" where shop = $1 and "shopifyCreatedAt" > now() - interval '1 hour'`,
          [stack.domain],
        );
        return rows[0]?.orders;
      }, JOB)
      .toBeGreaterThan(10);
  } finally {
    await live({ method: "DELETE" });
  }
  // A bulk operation's end was told by a webhook already; what is left is the date.
  await step("Webhooks arrive").getByText("Done", { exact: true }).waitFor(JOB);
  await saveSettings(stack.database.pool, {
    ...{ shop: stack.domain, patch: {}, actor: "test", now: new Date() },
    cutOverAt: new Date("2026-01-01T00:00:00Z"),
  });
  await setup()
    .getByText(/of 10 done: the app works, what is left is optional$/)
    .waitFor(JOB);
  await setup().getByRole("button", { name: "Show the steps" }).waitFor();
});

test("the charts are there as pictures, as words and as tables", async () => {
  await admin.page.close();
  admin = await openAdmin(browser, stack);
  const orders = card("Orders of the last 30 days");
  const drawn = orders.getByRole("img", {
    name: /^Orders of the last 30 days\. \d+ orders, the most on/,
  });
  await drawn.locator("svg rect").first().waitFor();
  const height = (await orders.boundingBox())?.height;
  await orders.getByRole("button", { name: "Orders of the last 30 days: show as table" }).click();
  const table = orders.getByRole("table");
  expect((await table.getByRole("columnheader").allInnerTexts()).slice(0, 3)).toEqual([
    "Day",
    "Orders",
    "Open",
  ]);
  // A heading and thirty days, the newest first; its row adds up.
  expect(await table.getByRole("row").count()).toBe(31);
  const cells = await table.getByRole("row").nth(1).getByRole("cell").allInnerTexts();
  const [total = 0, ...states] = cells.map(Number);
  expect(total).toBeGreaterThan(0);
  expect(states.reduce((sum, count) => sum + count, 0)).toBe(total);
  await orders.getByRole("button", { name: "Orders of the last 30 days: show as chart" }).click();
  await drawn.locator("svg rect").first().waitFor();
  expect((await orders.boundingBox())?.height).toBe(height);

  const delays = card("From Shopify to the ERP in the last 24 hours");
  await delays.getByText(/came by webhook: half of them within .*, 95% within/).waitFor();
  await delays.getByRole("img").locator("svg .ct-point").first().waitFor({ state: "attached" });
});

test.each([
  ["desk", DESKTOP],
  ["phone", PHONE],
])("a chart shown as a table keeps nobody out, at a %s", async (_name, viewport) => {
  const { page, app, problems: complaints } = await openAdmin(browser, stack, { viewport });
  await app
    .getByRole("img", { name: /^Orders of the last 30 days/ })
    .locator("svg rect")
    .first()
    .waitFor();
  await app.getByRole("button", { name: "Orders of the last 30 days: show as table" }).click();
  expect(await findBarriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});
