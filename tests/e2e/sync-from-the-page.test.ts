import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, takeRefusals, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

type Summary = { products: number; customers: number; orders: number; testOrders: number };

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;
let store: Summary;

beforeAll(async () => {
  stack = await startTestStack({ orders: 400, seed: 11, install: false });
  browser = await launchBrowser();
  store = (await (await fetch(`${stack.simulatorUrl}/control/summary`)).json()) as Summary;
  admin = await openAdmin(browser, stack);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test("opening the app in the Admin installs it by token exchange", async () => {
  await admin.app.getByRole("heading", { name: "In the ERP", exact: true }).waitFor();
  const { rows } = await stack.database.pool.query(`select shop, scopes, "timeZone", locale from "Shop"`);
  expect(rows).toEqual([
    {
      shop: stack.domain,
      scopes: expect.arrayContaining(["read_orders"]),
      timeZone: "Asia/Kolkata",
      locale: "en-IN",
    },
  ]);
  const sessions = await stack.database.pool.query(
    `select id, "isOnline", "refreshToken" is not null as "canRenew" from "Session"`,
  );
  expect(sessions.rows).toEqual([{ id: `offline_${stack.domain}`, isOnline: false, canRenew: true }]);
});

test("the Admin's menu leads to the app's pages without a reload", async () => {
  expect(await admin.page.locator("#title").innerText()).toBe("Home");
  await admin.page.getByRole("link", { name: "Shopify settings" }).click();
  await admin.app.getByText(stack.domain).waitFor();
  await admin.page.getByRole("heading", { name: "Shopify settings" }).waitFor();
  expect(new URL(admin.page.url()).pathname).toMatch(/\/apps\/erp-sync\/app\/settings\/shopify$/);
});

test("preview shows what Shopify says there is", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Preview");
  const preview = settings.card("In Shopify");
  await preview.getByText("Only customers with at least one order are synced.").waitFor();
  const figures = (await preview.innerText()).replaceAll(/\s+/g, " ");
  expect(figures).toContain(`Products ${store.products} `);
  expect(figures).toContain(`Orders ${store.orders + store.testOrders} `);
});

test("products, customers and all orders arrive, each counted, while the page shows it", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await admin.page.locator(".toast", { hasText: "Product sync started" }).waitFor();
  await settings.card("Running now").getByRole("link", { name: "Products", exact: true }).waitFor();
  expect(await settings.finished("Products")).toContain(`${store.products} of ${store.products}`);

  await settings.click("Sync Customers");
  expect(await settings.finished("Customers")).toContain(`${store.customers} created`);

  await settings.choosePeriod("All orders");
  await settings.click("Full Dump");
  const all = store.orders + store.testOrders;
  expect(await settings.finished("Full dump of orders")).toContain(`${all} created`);

  await expect
    .poll(() => settings.cacheRow("Orders"), { timeout: 10_000 })
    .toEqual(["0", String(all), "0", "0"]);
  const { rows } = await stack.database.pool.query(
    `select (select count(*) from "Product" where shop = $1) as products,
       (select count(*) from "Customer" where shop = $1 and "shopifyCustomerId" is not null) as customers,
       (select count(*) from "Order" where shop = $1 and not test) as orders`,
    [stack.domain],
  );
  expect(rows).toEqual([{ products: store.products, customers: store.customers, orders: store.orders }]);
});

test("a second dump of the same store says unchanged", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Full Dump");
  await settings.card("Running now").waitFor();
  await settings.card("Running now").waitFor({ state: "detached", timeout: 60_000 });
  const said = await settings.finished("Full dump of orders");
  expect(said).toContain("0 created · 0 updated");
});

test("a job's name leads to its page, whose log tells its steps", async () => {
  const recent = settingsPage(admin.app).card("Recent jobs");
  await recent.getByRole("link", { name: "Full dump of orders" }).first().click();
  await settingsPage(admin.app).card("Log").getByText("Started", { exact: true }).waitFor();
  await admin.page.getByRole("link", { name: "Shopify settings" }).click();
  await recent.waitFor();
});

test("an expired session token is renewed once and the wish is done", async () => {
  let expired = 0;
  await admin.page.route("**/session-token", async (route) => {
    expired += 1;
    // An hour old, signed by whoever: the app refuses it and asks for another.
    if (expired === 1) await route.fulfill({ body: "eyJhbGciOiJIUzI1NiJ9.e30.bm9ib2R5" });
    else await route.continue();
  });
  const before = admin.problems.length;
  await settingsPage(admin.app).click("Process Pending");
  await admin.page.locator(".toast", { hasText: "Processing started" }).waitFor();
  await admin.page.unroute("**/session-token");
  expect(expired).toBeGreaterThan(1);
  // The browser reports the refusal; nothing else went wrong.
  expect(takeRefusals(admin, before)).toEqual(["401"]);
});

test("when the app does not answer, the page says so and goes on when it does", async () => {
  const before = admin.problems.length;
  await admin.page.route("**/progress?*", (route) => route.abort());
  await admin.app.getByText("The app does not answer").waitFor({ timeout: 15_000 });
  await admin.page.unroute("**/progress?*");
  await admin.app.getByText("The app does not answer").waitFor({ state: "detached", timeout: 15_000 });
  admin.problems.splice(before);
});

test("Home counts what is in the ERP", async () => {
  const home = await openAdmin(browser, stack);
  const text = async () => (await home.app.locator(".Polaris-Page").innerText()).replaceAll(/\s+/g, " ");
  // What is counted over whole tables comes after the page.
  await expect
    .poll(text)
    .toContain(`Products ${store.products} Customers ${store.customers} Orders ${store.orders}`);
  await home.page.close();
});

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});
