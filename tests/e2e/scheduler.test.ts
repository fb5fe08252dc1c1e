import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

const OFF = "The schedule is off: no look-back starts by itself.";
const SECONDS = { timeout: 20_000 };

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;
let home: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 30, seed: 6 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
  home = await openAdmin(browser, stack);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const scheduler = () => settingsPage(admin.app).card("Scheduler");
const press = (name: string) => scheduler().getByRole("button", { name, exact: true }).first().click();
const save = () => admin.page.locator("#save-bar").getByRole("button", { name: "Save", exact: true }).click();
const toast = (text: string) => admin.page.locator(".toast", { hasText: text }).waitFor();

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await stack.database.pool.query<Record<string, unknown>>(sql, [stack.domain])).rows;
}

async function nextRun(): Promise<number> {
  const [row] = await rows(`select "nextRunAt" from "SchedulerState" where shop = $1`);
  const at = row?.["nextRunAt"];
  if (!(at instanceof Date)) throw new Error("no next run is planned");
  return at.getTime();
}

/** What a page that was loaded anew would not know any more. */
async function mark(name: "neverReloaded", { page }: OpenAdmin): Promise<() => Promise<boolean>> {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  await frame.evaluate((key) => Object.assign(window, { [key]: true }), name);
  return () => frame.evaluate((key) => key in window, name);
}

test("a schedule that nobody turned on is a problem on Home, which leads to Settings", async () => {
  await home.app.getByText(OFF).waitFor();
  const link = home.app.getByRole("link", { name: "Open the scheduler" });
  expect(await link.getAttribute("href")).toContain("/app/settings/shopify");
  await scheduler().getByText(OFF).waitFor();
  await scheduler().getByText("Off", { exact: true }).waitFor();
  await scheduler().getByText("Turned on, it runs at once").waitFor();
});

test("turned on, a look-back runs at once, and card and Home follow without a reload", async () => {
  const isMarked = [await mark("neverReloaded", admin), await mark("neverReloaded", home)];
  await press("Start");
  await toast("the first look-back runs now");
  await scheduler().getByText("On", { exact: true }).waitFor();
  await scheduler().getByText(OFF).waitFor({ state: "detached" });
  await settingsPage(admin.app).finished("Look-back");
  await scheduler()
    .getByText(/, \d+:\d\d [ap]m · Completed$/)
    .waitFor(SECONDS);
  await home.app.getByText(OFF).waitFor({ state: "detached", ...SECONDS });
  expect(await Promise.all(isMarked.map((look) => look()))).toEqual([true, true]);
  expect((await nextRun()) - Date.now()).toBeGreaterThan(50 * 60_000);
});

test("an interval is saved by the keyboard and moves the next run; a bad one is refused by its field's name", async () => {
  const interval = scheduler().getByLabel("Interval");
  const before = await nextRun();
  await interval.fill("4");
  await interval.press("Enter");
  await scheduler().getByText("Interval: give a whole number, 5 to 1,440 minutes.").waitFor();
  expect(await interval.getAttribute("aria-invalid")).toBe("true");
  expect(await nextRun()).toBe(before);
  await interval.fill("30");
  await interval.press("Enter");
  await toast("The schedule is saved");
  expect(before - (await nextRun())).toBe(30 * 60_000);
  expect(await interval.inputValue()).toBe("30");
  const lookBack = scheduler().getByLabel("Look-back", { exact: true });
  await lookBack.fill("2000");
  await save();
  await scheduler().getByText("Look-back: give a whole number, 1 to 1,440 hours.").waitFor();
  await lookBack.fill("12");
  await save();
  const saved = () => rows(`select settings->'scheduler' as scheduler from "Shop" where shop = $1`);
  await expect
    .poll(saved, SECONDS)
    .toEqual([{ scheduler: expect.objectContaining({ intervalMinutes: 30, lookBackHours: 12 }) }]);
  // The answer has come, too: who saves turns the schedule on, and what is pressed next comes after that.
  await admin.page
    .locator("#save-bar")
    .getByRole("button", { name: "Save", exact: true })
    .waitFor({ state: "hidden" });
});

test("stopped, it plans nothing, and a person can still look back now", async () => {
  await press("Stop");
  await scheduler().getByText(OFF).waitFor();
  await scheduler().getByText("None while it is off").waitFor();
  const lookBacks = () =>
    rows(`select status from "SyncJob" where shop = $1 and "jobType" = 'look-back' order by "createdAt"`);
  expect(await lookBacks()).toHaveLength(1);
  await press("Trigger Now");
  await toast("Look-back started");
  await expect.poll(lookBacks, SECONDS).toEqual([{ status: "completed" }, { status: "completed" }]);
  await scheduler().getByText("Off", { exact: true }).waitFor();

  await scheduler().getByLabel("Interval").fill("45");
  await scheduler().getByText("Saving also turns the schedule on").waitFor();
  await save();
  await scheduler().getByText("On", { exact: true }).waitFor();
  await expect.poll(lookBacks, SECONDS).toEqual(Array(3).fill({ status: "completed" }));
});

test("a paused look-back is said to be in the way, and can be cancelled however many jobs came after it", async () => {
  await rows(
    `insert into "SyncJob" (shop, id, "jobType", "requestedBy", options, status, "createdAt", "startedAt")
     values ($1, gen_random_uuid(), 'look-back', 'test', '{}', 'paused', now() - interval '1 hour', now())`,
  );
  await rows(
    `insert into "SyncJob" (shop, id, "jobType", "requestedBy", options, status, "createdAt", "startedAt", "finishedAt")
     select $1, gen_random_uuid(), 'products', 'test', '{}', 'cancelled', now(), now(), now() from generate_series(1, 12)`,
  );
  await scheduler().getByText("The look-back is paused").waitFor(SECONDS);
  await scheduler().getByText("It is under Running now.").waitFor();
  await home.app.getByText("The look-back is paused").waitFor(SECONDS);
  await admin.app.getByRole("button", { name: "Cancel Look-back" }).click();
  const dialog = admin.app.getByRole("dialog");
  await dialog.getByText("What it has not read yet is read by the next look-back.").waitFor();
  await dialog.getByRole("button", { name: "Cancel job" }).click();
  await scheduler()
    .getByText("The look-back is paused")
    .waitFor({ state: "detached", ...SECONDS });
});

test("a job that does not move says so, with what to do", async () => {
  // Its worker lives, or so it seems: no other may take it.
  await rows(
    `insert into "SyncJob" (shop, id, "jobType", "requestedBy", options, status, step, "createdAt", "startedAt", "heartbeatAt", "movedAt")
     values ($1, gen_random_uuid(), 'customers', 'test', '{}', 'running', 'Reading', now(), now() - interval '1 hour',
       now() + interval '1 hour', now() - interval '40 minutes')`,
  );
  const running = settingsPage(admin.app).card("Running now");
  await running.getByText("It has not moved for 40 min").waitFor(SECONDS);
  await running.getByText("Pause and resume it").waitFor();
  await rows(`delete from "SyncJob" where shop = $1 and step = 'Reading'`);
});

test("Sync Stock loads every stock level", async () => {
  const settings = settingsPage(admin.app);
  await settings.click("Sync All Products");
  await settings.finished("Products");
  await settings.click("Sync Stock");
  await toast("Stock sync started");
  const said = await settings.finished("Stock");
  const [counted] = await rows(
    `select count(*)::int as levels from "ShopifyInventoryCache" where shop = $1 and "availableQty" is not null`,
  );
  expect(counted?.["levels"]).toBeGreaterThan(0);
  const levels = Number(counted?.["levels"]).toLocaleString("en-IN");
  expect(said).toContain(`${levels} of ${levels}`);
});

test("a backfill is filled in only after a dry run, and after its figures were said yes to", async () => {
  const settings = settingsPage(admin.app);
  await settings.choosePeriod("All orders");
  await settings.click("Full Dump");
  await settings.finished("Full dump of orders");
  await rows(`update "Order" set "orderNumber" = 'old' where shop = $1 and "shopifyOrderId" in
    (select "shopifyOrderId" from "Order" where shop = $1 order by 1 limit 3)`);
  const older = () =>
    rows(`select count(*)::int as orders from "Order" where shop = $1 and "orderNumber" = 'old'`);
  const sync = settings.card("Sync");
  const fillIn = sync.getByRole("button", { name: "Fill in", exact: true });
  expect(await fillIn.count()).toBe(0);

  await settings.click("Dry run");
  await toast("Dry run started");
  expect(await settings.finished("Backfill")).toContain("3 of 30 orders");
  await sync.getByText(/^Would change: .* 3 of 30 orders.*nothing was changed$/).waitFor();
  expect(await older()).toEqual([{ orders: 3 }]);

  await fillIn.click();
  await sync.getByRole("button", { name: "Leave as it is" }).click();
  await fillIn.click();
  expect(await older()).toEqual([{ orders: 3 }]);
  await settings.click("Fill in now");
  await toast("Backfill started");
  await settings
    .card("Recent jobs")
    .getByText(/^Changed: .* 3 of 30 orders/)
    .waitFor(SECONDS);
  expect(await older()).toEqual([{ orders: 0 }]);
  await fillIn.waitFor({ state: "detached" });
});

test("the browsers had nothing to complain about", () => {
  expect([...admin.problems, ...home.problems]).toEqual([]);
});
