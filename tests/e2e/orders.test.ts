import { readFile } from "node:fs/promises";
import type { Browser, FrameLocator } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { saveSettings } from "#app/settings/save-settings.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, type OpenAdmin } from "./open-admin.ts";

let stack: TestStack;
let browser: Browser;
/** An order whose news cannot be read, so that the ERP has none of it. */
const UNREADABLE = "990077";

beforeAll(async () => {
  stack = await startSyncedStack({ orders: 120, seed: 5, only: ["products", "customers", "orders"] });
  browser = await launchBrowser();
  const { pool } = stack.database;
  // Orders are no history any more, and COD has to be confirmed: the open ones are held.
  await saveSettings(pool, {
    ...{ shop: stack.domain, patch: { codConfirmation: { required: true } }, actor: "a test" },
    ...{ cutOverAt: new Date("2020-01-01"), now: new Date() },
  });
  await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source) values ($1, $2, '{}', 'rest', 'x', 'webhook')`,
    [stack.domain, UNREADABLE],
  );
  const waiting = `select count(*)::int as n from "ShopifyOrderCache" where "processedAt" is null and "errorCode" is null`;
  const isDone = async () => (await pool.query<{ n: number }>(waiting)).rows[0]?.n === 0;
  await vi.waitUntil(isDone, { timeout: 30_000, interval: 200 });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** Orders by a condition on "Order" o, the newest first. */
async function ordersThat(condition: string) {
  const { rows } = await stack.database.pool.query<{
    id: string;
    number: string;
    name: string;
    phone: string;
  }>(
    `select "shopifyOrderId" as id, "orderNumber" as number, "customerName" as name, "customerPhone" as phone
     from "Order" o where ${condition} order by "shopifyCreatedAt" desc`,
  );
  return rows;
}

async function orderThat(condition: string) {
  const [order] = await ordersThat(condition);
  if (!order) throw new Error(`the store has no order that ${condition}`);
  return order;
}

/** Order numbers the list shows, once it shows `first`. */
async function shownWith({ app }: OpenAdmin, first: string, count: number): Promise<string[]> {
  const links = app.locator("tbody a[data-primary-link]");
  await expect.poll(() => links.first().textContent(), { timeout: 10_000 }).toBe(first);
  await expect.poll(() => links.count(), { timeout: 10_000 }).toBe(count);
  return links.allTextContents();
}

async function type({ app, page }: OpenAdmin, words: string) {
  const field = app.getByPlaceholder("Order number, name, email, phone or AWB");
  if (!(await field.isVisible())) await app.getByRole("button", { name: /Search and filter/ }).click();
  await field.fill("");
  await field.focus();
  await page.keyboard.type(words, { delay: 20 });
}

test("an order is found by phone, by the beginning of a name and by number; the list is filtered and paged by keyboard", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/orders" });
  const all = await ordersThat("true");
  const numbers = all.map(({ number }) => number);
  await shownWith(admin, numbers[0] ?? "", 50);

  await admin.app.getByRole("button", { name: "Next" }).focus();
  await admin.page.keyboard.press("Enter");
  await shownWith(admin, numbers[50] ?? "", 50);
  await admin.app.getByRole("button", { name: "Previous" }).focus();
  await admin.page.keyboard.press("Enter");
  await shownWith(admin, numbers[0] ?? "", 50);

  const { phone, name, number } = await orderThat(
    `"customerPhone" like '+91%' and "customerName" like '% %'`,
  );
  const lastTen = phone.replaceAll(/\D/g, "").slice(-10);
  const ofPhone = await ordersThat(`right(translate("customerPhone", ' +-()./', ''), 10) = '${lastTen}'`);
  await type(admin, lastTen);
  expect(await shownWith(admin, ofPhone[0]?.number ?? "", ofPhone.length)).toEqual(
    ofPhone.map((order) => order.number),
  );
  const beginning = name.slice(0, 4).toLowerCase();
  const ofName = await ordersThat(
    `lower(concat_ws(' ', "customerName", translate("customerEmail", '@._-+', '     '))) ~ '(^| )${beginning}'`,
  );
  await type(admin, beginning);
  await shownWith(admin, ofName[0]?.number ?? "", ofName.length);
  await type(admin, number);
  await shownWith(admin, number, 1);
  await type(admin, "nobody of this name");
  await admin.app.getByText("No orders match").waitFor();
  await admin.app.getByRole("button", { name: "Show all" }).click();
  await shownWith(admin, numbers[0] ?? "", 50);

  const held = await ordersThat(
    `holds <> '[]' and status in ('on_hold', 'partially_shipped', 'partially_delivered')`,
  );
  await admin.app.getByRole("button", { name: "Cancel" }).click();
  await admin.app.getByRole("tab", { name: "On hold" }).click();
  await shownWith(admin, held[0]?.number ?? "", held.length);
  expect(held.length).toBeGreaterThan(0);
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("the list is exported as it is filtered", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/orders" });
  const shipped = await ordersThat("status in ('shipped', 'partially_delivered')");
  await admin.app.getByRole("tab", { name: "Shipped" }).click();
  await shownWith(admin, shipped[0]?.number ?? "", shipped.length);
  const saved = admin.page.waitForEvent("download");
  await admin.page.locator("#actions button", { hasText: "Export CSV" }).click();
  const [head, ...lines] = (await readFile(await (await saved).path(), "utf8")).trim().split("\n");
  expect(head).toContain("Order,Shopify ID,Created");
  expect(lines.map((line) => line.split(",")[0])).toEqual(shipped.map(({ number }) => number));
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

/** The rows of an account on the page: words and hundredths. */
async function account(app: FrameLocator, name: string) {
  const rows = app.getByRole("table", { name }).getByRole("row");
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((text) => {
    const [words = "", amount = ""] = text.split("\t").map((part) => part.trim());
    return { words, amount: Math.round(Number(amount.replaceAll(/[^\d.-]/g, "")) * 100) };
  });
}

test("an order's figures add up in what the page says, to its total and after a refund to its current total", async () => {
  const refunded = await orderThat(
    `"refundedAmount" > 0 and "currentTotalAmount" > 0 and currency = "presentmentCurrency"`,
  );
  const admin = await openAdmin(browser, stack, { path: `/app/orders/${refunded.id}` });
  await admin.app.getByRole("heading", { name: `Order ${refunded.number}`, level: 1 }).waitFor();
  const rows = await account(admin.app, "Charges of the order");
  let sum = 0;
  const sums: [string, number][] = [];
  for (const { words, amount } of rows) {
    if (words.endsWith("included")) continue;
    if (["Total", "Current total", "Shopify says"].includes(words)) {
      sums.push([words, amount]);
      expect(amount, words).toBe(sum);
    } else sum += amount;
  }
  expect(sums.map(([words]) => words)).toEqual(["Total", "Shopify says", "Current total", "Shopify says"]);
  expect(sum).toBeGreaterThan(0);
  const paid = new Map(
    (await account(admin.app, "Paid and outstanding")).map((row) => [row.words, row.amount]),
  );
  expect(paid.get("Refunded")).toBeGreaterThan(0);
  await admin.app.getByText("refunded", { exact: false }).first().waitFor();
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("a held order says why and who may release it; its payment is corrected with a reason, which the timeline keeps", async () => {
  const held = await orderThat(`status = 'on_hold' and holds @> '[{"kind": "cod_unconfirmed"}]'`);
  const admin = await openAdmin(browser, stack, { path: `/app/orders/${held.id}` });
  await admin.app.getByText("On hold: not to be picked yet").waitFor();
  await admin.app.getByText(/Released by: /).waitFor();
  await admin.page.locator("#actions button", { hasText: "Correct payment method" }).click();
  const dialog = admin.app.getByRole("dialog");
  await dialog.getByText("Prepaid: nothing is collected").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Say why, so that others understand it later").waitFor();
  await dialog.getByLabel("Why", { exact: true }).fill("Paid at the counter");
  await dialog.getByRole("button", { name: "Save" }).click();
  await admin.page.locator(".toast", { hasText: "The order is Prepaid now" }).waitFor();
  await dialog.waitFor({ state: "detached" });
  await admin.app.getByText("Payment method corrected").waitFor();
  await admin.app.getByText(/Prepaid · Paid at the counter · by staff member/).waitFor();
  await admin.app.getByText("On hold: not to be picked yet").waitFor({ state: "detached" });
  await admin.page.locator("#actions button", { hasText: "Fetch again from Shopify" }).click();
  await admin.app.getByText("Fetched again from Shopify").waitFor();
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("an order that only the cache has says why and can be tried again; an unknown one is said in words", async () => {
  const admin = await openAdmin(browser, stack, { path: `/app/orders/${UNREADABLE}` });
  await admin.app.getByRole("heading", { name: "Not in the ERP yet" }).waitFor();
  await admin.app.getByRole("button", { name: "Try again now" }).click();
  await admin.page.locator(".toast", { hasText: "Trying the entry again" }).waitFor();
  await admin.app.getByRole("button", { name: "Try again now" }).waitFor();
  expect(admin.problems).toEqual([]);
  await admin.page.close();
  const unknown = await openAdmin(browser, stack, { path: "/app/orders/77" });
  await unknown.app.getByText("There is no order 77 here").waitFor();
  await unknown.page.close();
});

test("an order with a refund and one on hold fit every width and have no serious barrier", async () => {
  const paths = [
    [`/app/orders/${(await orderThat(`"refundedAmount" > 0`)).id}`, "Why is it so?"],
    [`/app/orders/${(await orderThat(`status = 'on_hold'`)).id}`, "On hold: not to be picked yet"],
  ] as const;
  for (const viewport of [DESKTOP, PHONE])
    for (const [path, shown] of paths) {
      const { page, app } = await openAdmin(browser, stack, { path, viewport });
      await app.getByText(shown, { exact: true }).first().waitFor({ state: "attached" });
      expect(await findBarriers(page), `${path} at ${String(viewport.width)}`).toEqual([]);
      await page.close();
    }
});
