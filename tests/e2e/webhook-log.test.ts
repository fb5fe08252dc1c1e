import { createHmac, randomUUID } from "node:crypto";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, PHONE, takeRefusals, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 10, seed: 4 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** A delivery as Shopify sends and signs it; its id. */
async function deliver(topic: string, route: string, body: string): Promise<string> {
  const webhookId = randomUUID();
  const response = await fetch(`${stack.appUrl}/api/webhooks/shopify/${route}`, {
    method: "POST",
    body,
    headers: {
      "X-Shopify-Topic": topic,
      "X-Shopify-Shop-Domain": stack.domain,
      "X-Shopify-Webhook-Id": webhookId,
      "X-Shopify-Hmac-Sha256": createHmac("sha256", stack.apiSecret).update(body).digest("base64"),
    },
  });
  expect(response.status).toBe(200);
  return webhookId;
}

const logged = async (webhookId: string) => {
  const { rows } = await stack.database.pool.query<{ outcome: string; processedAt: Date | null }>(
    `select outcome, "processedAt", attempts from "WebhookDelivery" where shop = $1 and "webhookId" = $2`,
    [stack.domain, webhookId],
  );
  return rows[0];
};

const failed = () => settingsPage(admin.app).card("Failed entries");
let unread: string;

test("a webhook nobody can read appears by itself: topic, reason and next step, nothing of what is in it", async () => {
  await failed().getByText("No entry has failed.").waitFor();
  unread = await deliver("orders/create", "orders", `{"id": 7, "email": "asha@example.com"`);
  await failed().getByRole("heading", { name: "Webhook orders/create" }).waitFor({ timeout: 15_000 });
  await failed().getByText("The body is not JSON", { exact: true }).waitFor();
  await failed()
    .getByText(/Retry once the app is updated/)
    .waitFor();
  await failed()
    .getByText(/^PAYLOAD_UNREADABLE · came .+ · 1 try · waits for a person$/)
    .waitFor();
  expect(await admin.app.locator("body").innerHTML()).not.toContain("asha");
});

test("Home says so too", async () => {
  const home = await openAdmin(browser, stack);
  await home.app.getByText("1 webhook could not be read or handled").waitFor();
  await home.page.close();
});

test("on a phone the longest topic fits beside its button", async () => {
  const topic = "fulfillment_orders/scheduled_fulfillment_order_ready";
  const longest = await deliver(topic, "orders", "[]");
  const phone = await openAdmin(browser, stack, { path: "/app/settings/shopify", viewport: PHONE });
  const retry = phone.app.getByRole("button", { name: `Retry Webhook ${topic}` });
  await retry.waitFor();
  const box = await retry.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(PHONE.width);
  await phone.page.close();
  await stack.database.pool.query(`delete from "WebhookDelivery" where shop = $1 and "webhookId" = $2`, [
    stack.domain,
    longest,
  ]);
});

test("read again while it still cannot be, it stays and the page says that it was tried", async () => {
  const before = admin.problems.length;
  await failed()
    .getByRole("button", { name: /^Retry Webhook orders\/create/ })
    .click();
  await failed().getByText("1 webhook still cannot be read.").waitFor();
  await failed()
    .getByText(/ · 2 tries · /)
    .waitFor({ timeout: 15_000 });
  expect(await logged(unread)).toMatchObject({ outcome: "failed", attempts: 1 });
  expect(takeRefusals(admin, before)).toEqual(["422"]);
});

test("once it can be read it is an order like any other", async () => {
  // As an update of the app would find it: bytes that it understands.
  const order = { id: 7, name: "#7", updated_at: "2026-11-22T10:00:00Z" };
  await stack.database.pool.query(
    `update "WebhookDelivery" set body = $3 where shop = $1 and "webhookId" = $2`,
    [stack.domain, unread, Buffer.from(JSON.stringify(order))],
  );
  await failed()
    .getByRole("button", { name: /^Retry Webhook orders\/create/ })
    .click();
  await admin.page.locator(".toast", { hasText: "Trying the webhook again" }).waitFor();
  await failed()
    .getByRole("heading", { name: "Webhook orders/create" })
    .waitFor({ state: "detached", timeout: 15_000 });
  await expect.poll(() => logged(unread), { timeout: 10_000 }).toMatchObject({ outcome: "stored" });
});

test("news that was put aside is due again by Retry Failed", async () => {
  const news = await deliver("locations/update", "inventory", `{"id": 5, "name": "Pune"}`);
  await expect.poll(async () => (await logged(news))?.processedAt, { timeout: 10_000 }).not.toBeNull();
  await stack.database.pool.query(
    `update "WebhookDelivery" set "processedAt" = null, "quarantinedAt" = now(), "errorCode" = 'INTERNAL', error = 'Asha', attempts = 7
     where shop = $1 and "webhookId" = $2`,
    [stack.domain, news],
  );
  await failed().getByRole("heading", { name: "Webhook locations/update" }).waitFor({ timeout: 15_000 });
  await failed().getByText("Something went wrong on our side", { exact: true }).waitFor();
  expect(await failed().innerText()).not.toContain("Asha");
  await settingsPage(admin.app).click("Retry Failed");
  await expect.poll(async () => (await logged(news))?.processedAt, { timeout: 10_000 }).not.toBeNull();
  await failed()
    .getByRole("heading", { name: "Webhook locations/update" })
    .waitFor({ state: "detached", timeout: 15_000 });
});

const stored = async () =>
  (await stack.database.pool.query(`select settings from "Shop" where shop = $1`, [stack.domain])).rows.map(
    ({ settings }) => settings as unknown,
  );
const days = () => admin.app.getByLabel("Webhook deliveries", { exact: true });
const save = () => admin.page.locator("#save-bar button").filter({ hasText: "Save" }).click();

test("how long webhooks are kept is refused by its field outside the range, and nothing changes", async () => {
  await stack.database.pool.query(`update "Shop" set settings = '{"roundRupees": "up"}' where shop = $1`, [
    stack.domain,
  ]);
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: "/app/settings/orders" });
  expect(await days().inputValue()).toBe("30");
  await days().fill("1");
  await save();
  await admin.app.getByText(/^Give a whole number of days from 2 to 3,?650\.$/).waitFor();
  expect(await stored()).toEqual([{ roundRupees: "up" }]);
});

test("it is saved, that setting alone, and who did it is written down", async () => {
  const { pool } = stack.database;
  await days().fill("90");
  await save();
  await admin.page.locator(".toast", { hasText: "Order rules saved" }).waitFor();
  expect(await stored()).toEqual([{ roundRupees: "up", deliveryLogRetentionDays: 90 }]);
  const { rows } = await pool.query<{ actor: string; details: unknown }>(
    `select actor, details from "AuditLog" where shop = $1 and action = 'settings.save'`,
    [stack.domain],
  );
  expect(rows).toEqual([
    {
      actor: expect.stringMatching(/^\d+$/) as string,
      details: { deliveryLogRetentionDays: { from: 30, to: 90 } },
    },
  ]);
  await admin.page.reload();
  await days().waitFor();
  expect(await days().inputValue()).toBe("90");
});

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});
