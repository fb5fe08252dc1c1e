import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Locator } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { openAdmin, takeRefusals, type OpenAdmin } from "./open-admin.ts";

const RULES = "/app/settings/payment-rules";
const ORDERS = "/app/settings/orders";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;
let folder: string;

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
/** The day, in India, five days ago. */
const fiveDaysAgo = () => new Date(Date.now() + 5.5 * 3_600_000 - 5 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rules-"));
  const dataFile = join(folder, "store.json");
  const order = (id: number, days: number, more: Record<string, unknown>) => ({
    ...{ id, name: `#${String(id)}`, createdAt: daysAgo(days), processedAt: daysAgo(days) },
    ...{ updatedAt: daysAgo(days), lineItems: [{ sku: "SHIRT", quantity: 1, originalUnitPrice: "100.40" }] },
    ...more,
  });
  const atTheDesk = { gateway: "Pay at our desk", displayFinancialStatus: "PENDING" };
  await writeFile(
    dataFile,
    JSON.stringify({
      shop: { ianaTimezone: "Asia/Kolkata" },
      products: [{ title: "Shirt", variants: [{ sku: "SHIRT", price: "100.40" }] }],
      orders: [
        order(1, 2, atTheDesk),
        order(2, 2, atTheDesk),
        order(3, 2, { gateway: "Razorpay" }),
        order(4, 10, { gateway: "Cash on Delivery (COD)" }),
      ],
    }),
  );
  stack = await startSyncedStack({ dataFile, only: ["products", "orders"] });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await rm(folder, { recursive: true });
});

type OrderRow = Record<string, unknown> & { orderNumber: string };
const orders = async (): Promise<Record<string, unknown>> => {
  const { rows } = await stack.database.pool.query<OrderRow>(
    `select "orderNumber", "isHistory", "paymentMethod", status, "amountToCollect"::text as collect
       from "Order" where shop = $1 order by 1`,
    [stack.domain],
  );
  return Object.fromEntries(rows.map(({ orderNumber, ...order }) => [orderNumber, order]));
};
const become = (id: string, what: Record<string, unknown>) =>
  expect.poll(async () => (await orders())[id], { timeout: 15_000 }).toMatchObject(what);

/** The Admin's own bar, or the app's while no Admin draws it. */
async function saveButton({ page, app }: OpenAdmin) {
  const places = [page.locator("#save-bar button"), app.locator("ui-save-bar button")].map((buttons) =>
    buttons.filter({ hasText: "Save" }),
  );
  return Promise.any(
    places.map(async (place) => {
      await place.waitFor();
      return place;
    }),
  );
}
/** By keyboard, as somebody without a mouse saves. */
async function save(where: OpenAdmin) {
  const button = await saveButton(where);
  await button.focus();
  await where.page.keyboard.press("Enter");
}
const toast = (text: string | RegExp) => admin.page.locator(".toast", { hasText: text }).first().waitFor();
const isFocused = (button: Locator) => button.evaluate((element) => element === document.activeElement);
const dialog = (where: OpenAdmin = admin) => where.app.getByRole("dialog");

test("orders older than the installation are history; a chosen day says how many it takes on, and does", async () => {
  admin = await openAdmin(browser, stack, { path: ORDERS });
  const { app } = admin;
  expect(await orders()).toMatchObject({ "#1": { isHistory: true }, "#4": { isHistory: true } });
  await app.getByText("From a day you choose").click();
  await app.getByLabel("First day the ERP works on").fill("");
  await save(admin);
  await app.getByText("Choose a day.").waitFor();
  await app.getByLabel("First day the ERP works on").fill(fiveDaysAgo());
  await app.getByLabel("Delivery is unknown after").fill("0");
  await save(admin);
  await app.getByText("Give a whole number of days from 1 to 365.").waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  await app.getByLabel("Delivery is unknown after").fill("10");
  await save(admin);
  await dialog().getByText("3 orders are no longer history, 3 of them still to be shipped").waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  await dialog().getByRole("button", { name: "Cancel" }).click();
  expect(await orders()).toMatchObject({ "#1": { isHistory: true } });
  await save(admin);
  await dialog().getByRole("button", { name: "Apply" }).click();
  await toast("Order rules saved: 3 records are computed again");
  await become("#2", { isHistory: false, status: "on_hold" });
  expect(await orders()).toMatchObject({ "#3": { status: "open" }, "#4": { isHistory: true } });
  await app.getByText(/^Cut-over: .* → /).waitFor();
  expect(admin.problems).toEqual([]);
});

test("a name no rule knows is tried, gets a rule, and only what was shown to change changes", async () => {
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: RULES });
  const { app } = admin;
  await app.getByText("2 orders, 2 still to be shipped").waitFor();
  await app.getByRole("button", { name: "Try it: Pay at our desk" }).click();
  const verdict = app.getByRole("status").filter({ hasText: "Such an order is" });
  await verdict.getByText("no rule knows it").waitFor();
  await verdict.getByText("On hold").waitFor();
  const makeRule = app.getByRole("button", { name: "Make a rule for Pay at our desk" });
  await makeRule.press("Enter");
  await app.getByRole("dialog", { name: "Add a rule" }).waitFor();
  await admin.page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await expect.poll(() => isFocused(makeRule)).toBe(true);
  await makeRule.press("Enter");
  await dialog().getByRole("textbox", { name: "Text", exact: true }).fill("₹");
  await dialog().getByRole("button", { name: "Add rule" }).click();
  await dialog().getByText("The text needs a letter or a digit").waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  await dialog().getByRole("textbox", { name: "Text", exact: true }).fill("Pay at our desk");
  await dialog().getByRole("button", { name: "Add rule" }).click();
  await verdict.getByText("rule 1, Gateway name is exactly “Pay at our desk” → COD").waitFor();
  expect(await verdict.getByText("On hold").count()).toBe(0);
  await save(admin);
  await dialog().getByRole("heading", { name: "2 orders change" }).waitFor();
  await dialog().getByRole("link", { name: "#1" }).waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  await dialog().getByRole("button", { name: "Apply" }).click();
  await toast("Payment rules saved: 2 orders are computed again");
  await become("#1", { paymentMethod: "COD", status: "open", collect: "100.40" });
  await become("#2", { paymentMethod: "COD", status: "open" });
  await app.getByText("None: every gateway name of your orders is known.").waitFor();
  expect(admin.problems).toEqual([]);
});

test.each([
  ["Cash on Delivery (₹49 fee)", "COD"],
  ["Cashfree Payments", "Prepaid"],
])("the example %s is %s", async (example, method) => {
  await admin.app.getByRole("button", { name: example, exact: true }).click();
  const verdict = admin.app.getByRole("status").filter({ hasText: "Such an order is" });
  await verdict
    .getByText(new RegExp(`${example.replaceAll(/[()]/g, "\\$&")}” is compared .* → ${method}$`))
    .waitFor();
});

test("rules are moved by keyboard, and focus stays with the rule", async () => {
  const { app, page } = admin;
  const first = app.getByRole("button", { name: /^Move down rule 1: .*Pay at our desk/ });
  await first.focus();
  await page.keyboard.press("Enter");
  const moved = app.getByRole("button", { name: /^Move down rule 2: .*Pay at our desk/ });
  await moved.waitFor();
  await expect.poll(() => isFocused(moved)).toBe(true);
  await app.getByRole("button", { name: /^Move up rule 2: .*Pay at our desk/ }).press("Enter");
  // At the top it cannot go up any more: focus is on its other button.
  await expect.poll(() => isFocused(first)).toBe(true);
  await expect.poll(() => app.locator("ui-save-bar[open]").count()).toBe(0);
});

test("whoever saves second is told who saved first, and loses nobody's rules", async () => {
  const late = await openAdmin(browser, stack, { path: RULES });
  const remove = async ({ app }: OpenAdmin, what: RegExp) => {
    await app.getByRole("button", { name: what }).first().click();
  };
  await remove(late, /^Delete rule 2: /);
  await remove(admin, /^Delete rule 3: /);
  await save(admin);
  await dialog().getByRole("heading", { name: "No order changes" }).waitFor();
  await dialog().getByRole("button", { name: "Apply" }).click();
  await toast("Payment rules saved");
  await save(late);
  await dialog(late).getByRole("button", { name: "Apply" }).click();
  await late.app
    .getByText("The payment rules were changed by somebody else while you were editing")
    .waitFor();
  await late.app.getByText(/^Staff member \d+ saved at/).waitFor();
  expect(takeRefusals(late)).toEqual(["409"]);
  await late.app.getByRole("button", { name: "Show what holds now" }).click();
  await late.app.getByText("changed by somebody else").waitFor({ state: "hidden" });
  const count = async ({ app }: OpenAdmin) => app.getByRole("heading", { name: /^Rules \(/ }).innerText();
  expect(await count(late)).toBe(await count(admin));
  await late.page.close();
  expect(admin.problems).toEqual([]);
});

test("the cut-over moved on makes an order history, and rounding reaches the label", async () => {
  await admin.page.close();
  admin = await openAdmin(browser, stack, { path: ORDERS });
  const { app } = admin;
  await app.getByLabel("Round what is collected").selectOption("up");
  await save(admin);
  await dialog()
    .getByText(/^\d orders are computed again for the rounding/)
    .waitFor();
  await dialog().getByRole("button", { name: "Apply" }).click();
  await become("#1", { collect: "101.00" });
  await toast("Order rules saved");
  await app.getByText("Rounding of what is collected: no → up").waitFor();
  await app.getByText("Since the app was installed").click();
  await save(admin);
  await dialog().getByText("3 orders become history, 3 of them still to be shipped").waitFor();
  await dialog().getByRole("button", { name: "Apply" }).click();
  await become("#1", { isHistory: true });
  expect(admin.problems).toEqual([]);
});
