import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, takeRefusals, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

const SECONDS = { timeout: 30_000 };

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 60, seed: 9 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/jobs" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const control = (path: string, init: RequestInit) => fetch(`${stack.simulatorUrl}/control/${path}`, init);
const slowFiles = () =>
  control("faults", {
    method: "POST",
    body: JSON.stringify({ kind: "slow", target: "file", delayMs: 60_000 }),
  });
const quickFiles = () => control("faults", { method: "DELETE" });

const button = (name: string | RegExp) => admin.app.getByRole("button", { name, exact: true });
const tab = (name: string) => admin.app.getByRole("tab", { name, exact: true });
const action = (name: string) => admin.page.locator("#actions button", { hasText: name });
const toast = (text: string) => admin.page.locator(".toast", { hasText: text }).waitFor();
const badge = (words: string) =>
  admin.app.locator(".Polaris-Badge", { hasText: words }).first().waitFor(SECONDS);
const menu = (name: string) => admin.page.getByRole("link", { name, exact: true }).click();
const rows = () => admin.app.locator("tbody tr");

async function download(name: string): Promise<string[]> {
  const saved = admin.page.waitForEvent("download");
  await action("Export CSV").click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe(name);
  return (await readFile(await file.path(), "utf8")).trim().split("\n");
}

test("before anything has run or come, both pages say so and what to do", async () => {
  await admin.app.getByText("No job has run yet").waitFor();
  await menu("Webhooks");
  await admin.app.getByText("No webhook has come yet", { exact: true }).waitFor();
});

test("a dump is watched on its page, paused and resumed there, and ends", async () => {
  await menu("Shopify settings");
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  await slowFiles();
  await settings.choosePeriod("All orders");
  await settings.click("Full Dump");
  await settings.card("Running now").getByRole("link", { name: "Full dump of orders" }).click();
  await admin.app.getByRole("heading", { name: "About this job" }).waitFor();
  await admin.app.getByText("All orders", { exact: true }).first().waitFor();
  await badge("Running");
  await admin.app.getByRole("heading", { name: "Bulk operations at Shopify" }).waitFor(SECONDS);

  await button("Pause Full dump of orders").click();
  await badge("Paused");
  await quickFiles();
  await button("Resume Full dump of orders").click();
  await badge("Completed");
  await admin.app.getByRole("heading", { name: "Result" }).waitFor();
  await admin.app.getByText("All read and counted").first().waitFor();
});

test("its log tells each step, and is searched", async () => {
  const lines = admin.app.locator("ol > li");
  await lines.filter({ hasText: "To be resumed" }).waitFor();
  const all = await lines.count();
  await admin.app.getByLabel("Search the log").fill("PAUSED");
  await expect.poll(() => lines.count(), SECONDS).toBeLessThan(all);
  await lines.filter({ hasText: "To be paused: asked for by" }).waitFor();
  await admin.app.getByLabel("Search the log").fill("a word it never said");
  await admin.app.getByText("No line of the log says that.").waitFor();
});

test("run again, it is another job with the same options; cancelled only after a yes", async () => {
  await slowFiles();
  const before = admin.page.url();
  await action("Run again").click();
  await toast("Started again, with the same options");
  await admin.page.waitForURL((url) => url.href !== before);
  await badge("Running");
  await button("Cancel Full dump of orders").click();
  const dialog = admin.app.getByRole("dialog");
  await dialog.getByText("Everything that is in the cache and in the ERP stays as it is.").waitFor();
  await dialog.getByRole("button", { name: "Let it go on" }).click();
  await dialog.waitFor({ state: "detached" });
  await badge("Running");
  await button("Cancel Full dump of orders").click();
  await dialog.getByRole("button", { name: "Cancel job" }).click();
  await badge("Cancelled");
  await quickFiles();
  const { rows: jobs } = await stack.database.pool.query(
    `select status, options from "SyncJob" where shop = $1 and "jobType" = 'orders' order by "createdAt"`,
    [stack.domain],
  );
  const options = { from: null, until: null };
  expect(jobs).toEqual([
    { status: "completed", options },
    { status: "cancelled", options },
  ]);
});

test("the list has all of them, is filtered, and is saved as it is shown", async () => {
  await menu("Jobs");
  await expect.poll(() => rows().count(), SECONDS).toBe(3);
  await tab("Full dumps").click();
  await expect.poll(() => rows().count(), SECONDS).toBe(2);
  const lines = await download("jobs.csv");
  expect(lines).toHaveLength(3);
  expect(lines.slice(1).filter((line) => !line.includes("Full dump of orders"))).toEqual([]);
});

test("a job that somebody else starts appears by itself, and moves to the list when it ends", async () => {
  await tab("All").click();
  await expect.poll(() => rows().count(), SECONDS).toBe(3);
  await slowFiles();
  await stack.database.pool.query(
    `insert into "SyncJob" (shop, id, "jobType", "requestedBy") values ($1, gen_random_uuid(), 'customers', 'command line')`,
    [stack.domain],
  );
  const running = settingsPage(admin.app).card("Running now");
  await running.getByRole("link", { name: "Customers", exact: true }).waitFor(SECONDS);
  await expect.poll(() => rows().count(), SECONDS).toBe(4);
  await quickFiles();
  await button("Cancel Customers").click();
  await admin.app.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
  await running.waitFor({ state: "detached", ...SECONDS });
  await rows().filter({ hasText: "Customers" }).filter({ hasText: "Cancelled" }).waitFor(SECONDS);
});

test("webhooks that come while the log is open are told, and shown when asked", async () => {
  await menu("Webhooks");
  await admin.app.getByRole("heading", { name: "Addresses and signature" }).waitFor();
  await control("live", { method: "POST", body: JSON.stringify({ perSecond: 5, seed: 2 }) });
  const show = button(/^Show (more than )?\d+ new webhooks?$/);
  await show.waitFor(SECONDS);
  const before = await rows().count();
  await control("live", { method: "DELETE" });
  await show.click();
  await expect.poll(() => rows().count(), SECONDS).toBeGreaterThan(before);
  await rows()
    .filter({ hasText: "orders/create" })
    .first()
    .getByRole("link", { name: "orders/create" })
    .click();
  await admin.app.getByText("Answered", { exact: true }).waitFor();
  await admin.app.getByText("All webhooks about this record").waitFor();
  await admin.app.getByText("It came once.").waitFor();
});

let unread: string;

test("one that cannot be read says why; what it brought is shown as text to whoever asks", async () => {
  unread = randomUUID();
  const body = `{"id": 7, "note": "<img src=x onerror=alert(1)>"`;
  const response = await fetch(`${stack.appUrl}/api/webhooks/shopify/orders`, {
    method: "POST",
    body,
    headers: {
      "X-Shopify-Topic": "orders/create",
      "X-Shopify-Shop-Domain": stack.domain,
      "X-Shopify-Webhook-Id": unread,
      "X-Shopify-Hmac-Sha256": createHmac("sha256", stack.apiSecret).update(body).digest("base64"),
    },
  });
  expect(response.status).toBe(200);
  await menu("Webhooks");
  await tab("Failed").click();
  await expect.poll(() => rows().count(), SECONDS).toBe(1);
  expect((await download("webhooks.csv")).join("\n")).not.toContain("onerror");
  await rows().getByRole("link", { name: "orders/create" }).click();
  await admin.app.getByText("The body is not JSON", { exact: true }).waitFor();
  expect(await admin.app.locator("body").innerHTML()).not.toContain("onerror");
  await button("Show").click();
  await admin.app.locator("pre", { hasText: "<img src=x onerror=alert(1)>" }).waitFor();
  expect(await admin.app.locator("pre img").count()).toBe(0);
});

test("it is retried from its page: still unreadable it says so, and once it can be read it is stored", async () => {
  const before = admin.problems.length;
  await button("Retry").click();
  await admin.app.getByText("1 webhook still cannot be read.").waitFor();
  expect(takeRefusals(admin, before)).toEqual(["422"]);
  await stack.database.pool.query(
    `update "WebhookDelivery" set body = $3 where shop = $1 and "webhookId" = $2`,
    [stack.domain, unread, Buffer.from(`{"id": 7, "name": "#7", "updated_at": "2026-11-22T10:00:00Z"}`)],
  );
  await button("Retry").click();
  await toast("Trying the webhook again");
  await badge("Stored");
});

test("an id that the log does not have is told in words", async () => {
  const lost = await openAdmin(browser, stack, { path: "/app/webhooks/none" });
  await lost.app.getByText("The log has no such webhook").waitFor();
  await lost.page.goto(lost.page.url().replace("webhooks/none", "jobs/none"));
  await lost.app.getByText("There is no such job").waitFor();
  await lost.page.close();
});

test.each([DESKTOP, PHONE])(
  "the shown body of a webhook keeps nobody out at $width pixels",
  async (viewport) => {
    const open = await openAdmin(browser, stack, { path: `/app/webhooks/${unread}?show=body`, viewport });
    await open.app.getByText("About this webhook").first().waitFor();
    expect(await findBarriers(open.page)).toEqual([]);
    await open.page.context().close();
  },
);

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});
