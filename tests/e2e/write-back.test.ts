import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, takeRefusals, type OpenAdmin } from "./open-admin.ts";

const PATH = "/app/settings/write-back";
let stack: TestStack;
let browser: Browser;
let orders: string[];

/** A parcel leaves the house, and Shopify is wished to be told. */
async function handOver(orderId: string, awbNumber: string, notifyCustomer = false): Promise<void> {
  for (const action of [
    { action: "pick" },
    { action: "pack" },
    { action: "hand_over", awbNumber, notifyCustomer },
  ])
    await performOrderAction(stack.database.pool, {
      ...{ shop: stack.domain, orderId, actor: "a test", now: new Date() },
      action: OrderAction.parse(action),
    });
}

beforeAll(async () => {
  // As it is when the app is installed: it may read, and write nothing.
  const scopes = DEFAULT_SCOPES.filter((scope) => !scope.startsWith("write_"));
  stack = await startSyncedStack({ orders: 60, seed: 5, only: ["products", "orders"], scopes });
  browser = await launchBrowser();
  const { pool } = stack.database;
  await pool.query(`update "Shop" set "cutOverAt" = '2020-01-01'`);
  await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
  const waiting = `select count(*)::int as n from "ShopifyOrderCache" where "processedAt" is null and "errorCode" is null`;
  await vi.waitUntil(async () => (await pool.query<{ n: number }>(waiting)).rows[0]?.n === 0, {
    ...{ timeout: 30_000, interval: 200 },
  });
  const { rows } = await pool.query<{ id: string }>(
    `select o."shopifyOrderId" as id from "Order" o join "OrderLine" l using (shop, "shopifyOrderId")
      where o.status = 'open' and o.holds = '[]' and not o.test
      group by 1 having bool_and(l."requiresShipping" and l."skuId" is not null) order by 1 limit 2`,
  );
  orders = rows.map(({ id }) => id);
  await handOver(orders[0] ?? "", "AWB-EARLIER", true);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const toast = ({ page }: OpenAdmin, words: string | RegExp) =>
  page.locator(".toast", { hasText: words }).last().waitFor();

const statuses = async () => {
  const { rows } = await stack.database.pool.query<{ status: string }>(
    `select status from "Outbox" order by seq`,
  );
  return rows.map(({ status }) => status);
};

test("nothing leaves until the permission is given, what would leave was seen, and a person switches it on", async () => {
  const admin = await openAdmin(browser, stack, { path: PATH });
  const { app, page } = admin;
  const see = app.getByRole("button", { name: "See what it would send: Mark items as fulfilled" });
  await see.waitFor();
  expect(await app.getByText("On", { exact: true }).count()).toBe(0);
  await app.getByRole("link", { name: "1 waits: Mark items as fulfilled" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);

  // What would leave can be seen without the permission, but not switched on.
  await see.click();
  const dialog = app.getByRole("dialog");
  await dialog.getByText("1 of them makes Shopify write to the customer.").waitFor();
  await dialog.getByText(/AWB AWB-EARLIER/).waitFor();
  expect(await dialog.getByRole("button", { name: "Switch on" }).count()).toBe(0);
  await dialog.getByRole("button", { name: "Ask for the permission" }).click();
  await page.getByText("write merchant managed fulfillment orders", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Decline" }).click();
  await app.getByText("was not given").waitFor();
  await app.getByRole("button", { name: "Ask again" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  await toast(admin, "Shopify has given the permission");

  await see.click();
  await dialog.getByRole("button", { name: "Switch on" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  // Meanwhile another parcel leaves: that was not seen.
  await handOver(orders[1] ?? "", "AWB-LATER");
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await dialog.getByText("More would be sent than was shown: 2 instead of 1").waitFor();
  expect(takeRefusals(admin)).toEqual(["409"]);
  expect(await statuses()).toEqual(["waiting", "waiting"]);
  await dialog.getByRole("button", { name: "Look again" }).click();
  await dialog.getByText(/^2 changes wait and would be sent at once/).waitFor();
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await toast(admin, "Switched on: Mark items as fulfilled");
  await dialog.waitFor({ state: "detached" });
  // What was pressed is gone, and the focus beside where it stood.
  await app.locator(":focus", { hasText: "Switch off" }).waitFor();

  await vi.waitFor(async () => {
    expect(await statuses()).toEqual(["sent", "sent"]);
  }, 20_000);
  const { rows } = await stack.database.pool.query<{ id: string | null }>(
    `select "shopifyFulfillmentId" as id from "Parcel" where "awbNumber" like 'AWB-%' order by 1`,
  );
  expect(rows.every(({ id }) => id !== null)).toBe(true);

  await app.getByRole("button", { name: "Switch off: Mark items as fulfilled" }).click();
  await toast(admin, "Switched off: Mark items as fulfilled");
  await app.getByText("Sent to Shopify: Mark items as fulfilled: yes → no").waitFor();
  expect(admin.problems).toEqual([]);
  await page.context().close();
});

test("on a phone all of it fits, and every set-up road leads there", async () => {
  const admin = await openAdmin(browser, stack, { path: PATH, viewport: PHONE });
  const { app, page } = admin;
  await app.getByRole("button", { name: "See what it would send: Cancel an order" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await app.getByRole("button", { name: "See what it would send: Cancel an order" }).click();
  await app.getByRole("dialog").getByText("Nothing of this kind waits.", { exact: false }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.context().close();

  const settings = await openAdmin(browser, stack, { path: "/app/settings/shopify", viewport: DESKTOP });
  await settings.app.getByText("Every kind is switched off", { exact: false }).waitFor();
  await settings.app.getByRole("link", { name: "Open write-back" }).click();
  await settings.app.getByRole("heading", { level: 1, name: "Write-back" }).waitFor();
  expect([...admin.problems, ...settings.problems]).toEqual([]);
  await settings.page.context().close();
});
