import { readFile } from "node:fs/promises";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { redactCustomer } from "#app/privacy/redact-customer.server.ts";
import { NO_ANSWER } from "#app/ui/ask-api.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { openAdmin, type OpenAdmin } from "./open-admin.ts";

type Person = {
  id: string;
  shopifyId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
};

let stack: TestStack;
let browser: Browser;
/** Two customers with orders: one is looked at, the other is redacted. */
let person: Person;
let forgotten: Person;

beforeAll(async () => {
  stack = await startSyncedStack({ orders: 60, seed: 11 });
  browser = await launchBrowser();
  const { pool } = stack.database;
  const { rows } = await pool.query<Person>(
    `select c.id, "shopifyCustomerId" as "shopifyId", "firstName", "lastName", email, phone from "Customer" c
      where phone is not null and email is not null and exists (select from "Order" o where o."customerId" = c.id)
      order by c.id limit 2`,
  );
  [person, forgotten] = rows as [Person, Person];
  const { shopifyId: customerId, email, phone } = forgotten;
  await redactCustomer(pool, { shop: stack.domain, customerId, email, phone, orderIds: [], now: new Date() });
  // An item that no SKU has, short at one location.
  await pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "availableQty", "onHandQty",
       "lastSynced", "processedAt", "rawData", "rawShape", "contentHash", source)
     select shop, '99000000000001@' || id, '99000000000001', id, -3, 0, now(), now(), '{}', 'bulk', '', 'bulk'
       from "ShopifyLocation" order by id limit 1`,
  );
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const searchFor = async (admin: OpenAdmin, label: string, text: string) => {
  const { app } = admin;
  const field = app.getByPlaceholder(label);
  if (!(await field.isVisible()))
    await app.getByRole("button", { name: "Search and filter results" }).click();
  await field.fill(text);
  await isAsked(admin, text);
};

/** The list shown answers what was typed: the address has it once it does. */
async function isAsked({ page }: OpenAdmin, text: string): Promise<void> {
  const frame = page.frame({ name: "app-iframe" });
  await expect.poll(() => new URL(frame?.url() ?? "").searchParams.get("search")).toBe(text);
}

const rowsOf = ({ app }: OpenAdmin) => app.getByRole("table").last().locator("tbody tr");

async function exported({ page }: OpenAdmin): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#actions button", { hasText: "Export CSV" }).click(),
  ]);
  return (await readFile(await download.path(), "utf8")).trim().split("\n");
}

test("a customer is found by phone and by the beginning of the name, and leads to their orders", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/customers" });
  const { app, page } = admin;
  const label = "Search by name, email or phone";
  const link = app.getByRole("link", { name: `${person.firstName} ${person.lastName}` });
  await rowsOf(admin).first().waitFor();

  await searchFor(admin, label, `0${person.phone.slice(-10, -5)} ${person.phone.slice(-5)}`);
  await expect.poll(() => rowsOf(admin).count()).toBe(1);
  expect(await link.isVisible()).toBe(true);
  await searchFor(admin, label, `${person.lastName.slice(0, 3)} ${person.email}`);
  await expect.poll(() => rowsOf(admin).count()).toBe(1);
  const csv = await exported(admin);
  expect(csv).toHaveLength(2);
  expect(csv[1]).toContain(person.email);

  await link.click();
  await app.getByRole("heading", { name: "Orders", exact: true }).waitFor();
  expect(await app.getByText(person.email, { exact: true }).first().isVisible()).toBe(true);
  expect(await app.getByText(/^From (Shopify’s customer record|an order)/).count()).toBeGreaterThan(0);
  const { rows } = await stack.database.pool.query<{ id: string; orderNumber: string }>(
    `select "shopifyOrderId" as id, "orderNumber" from "Order" where "customerId" = $1 order by "orderDate" desc limit 1`,
    [person.id],
  );
  const [newest] = rows;
  if (!newest) throw new Error("the customer has no order");
  const order = app.getByRole("link", { name: newest.orderNumber });
  expect(await order.getAttribute("href")).toContain(`/app/orders/${newest.id}`);
  expect(admin.problems).toEqual([]);
  await page.close();
});

test("of a redacted customer nothing of the person is shown", async () => {
  const admin = await openAdmin(browser, stack, { path: `/app/customers/${forgotten.id}` });
  const { app, page } = admin;
  await app.getByText("This customer was redacted").waitFor();
  await app.getByRole("heading", { name: "Redacted customer" }).waitFor();
  const text = await app.locator("body").innerText();
  for (const told of [forgotten.lastName, forgotten.email, forgotten.phone, forgotten.shopifyId])
    expect(text).not.toContain(told);
  expect(admin.problems).toEqual([]);
  await page.close();
});

test("a customer that is not there is said in words", async () => {
  for (const id of ["00000000-0000-0000-0000-000000000000", "%00"]) {
    const { app, page } = await openAdmin(browser, stack, { path: `/app/customers/${id}` });
    await app.getByText("There is no such customer.").waitFor();
    await page.close();
  }
});

test("stock is shown by location; what has no SKU is found by its view and by its id, and read back from the export", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/inventory" });
  const { app, page } = admin;
  const { rows: known } = await stack.database.pool.query<{
    skuCode: string;
    location: string;
    available: number;
  }>(
    `select s."skuCode", l.name as location, c."availableQty" as available from "ShopifyInventoryCache" c
       join "Sku" s on s.id = c."skuId" join "ShopifyLocation" l on l.id = c."shopifyLocationId"
      where s."skuCode" is not null and c."availableQty" > 0 and c."deletedAt" is null order by s."skuCode" limit 1`,
  );
  const [sku] = known;
  if (!sku) throw new Error("the store has no stock");
  await rowsOf(admin).first().waitFor();

  const label = "Search by SKU, title, barcode or inventory item id";
  await searchFor(admin, label, sku.skuCode);
  await expect.poll(() => rowsOf(admin).count()).toBe(1);
  const column = (await app.getByRole("table").last().getByRole("columnheader").allInnerTexts()).indexOf(
    sku.location,
  );
  const cell = rowsOf(admin).first().locator("td, th").nth(column);
  expect((await cell.innerText()).split("\n")[0]).toBe(String(sku.available));

  // A row is a link to its product; a button in it is not.
  await app.getByRole("button", { name: `Change ERP stock of ${sku.skuCode}` }).click();
  const dialog = app.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("A whole number, 0 or more").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByLabel("Sellable units").fill("12");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator(".toast", { hasText: "12 sellable" }).waitFor();
  await dialog.waitFor({ state: "detached" });
  await app
    .getByText(/: 12 sellable/)
    .first()
    .waitFor();

  // Saved, but no answer came; pressed again, it is added once.
  let answers = 0;
  await page.route("**/app/inventory*", async (route) => {
    if (route.request().method() !== "POST" || ++answers > 1) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await app.getByRole("button", { name: `Change ERP stock of ${sku.skuCode}` }).click();
  await dialog.getByText("Add to it, or take off").click();
  await dialog.getByLabel("Units to add").fill("5");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(NO_ANSWER.message).waitFor();
  expect(admin.problems.splice(0)).toHaveLength(1);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator(".toast", { hasText: "17 sellable" }).waitFor();
  await dialog.waitFor({ state: "detached" });
  expect(answers).toBe(2);
  await page.unrouteAll({ behavior: "ignoreErrors" });

  const lines = (await exported(admin)).slice(1);
  expect([...new Set(lines.map((line) => line.split(",")[0]))]).toEqual([sku.skuCode]);

  await searchFor(admin, label, "99000000000001");
  await app.getByRole("link", { name: "Item 99000000000001" }).waitFor();
  await app.getByPlaceholder(label).fill("");
  await app.getByRole("button", { name: "Cancel" }).click();
  await app.getByRole("tab", { name: "Not matched to a SKU" }).click();
  await app.getByRole("link", { name: "Item 99000000000001" }).waitFor();
  await expect.poll(() => rowsOf(admin).count()).toBe(1);
  const csv = await exported(admin);
  expect(csv).toHaveLength(2);
  expect(csv[1]).toContain(",99000000000001,");
  expect(csv[1]).toContain(",-3,0,");
  expect(admin.problems).toEqual([]);
  await page.close();
});

test("stock is synced from its page, which tells what the comparison found", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/inventory" });
  const { app, page } = admin;
  await app.getByText("Levels compared").waitFor();
  const before = await app.getByRole("link", { name: "Open the job" }).getAttribute("href");
  await page.locator("#actions button", { hasText: "Sync stock now" }).click();
  await page.locator(".toast", { hasText: "Stock sync started" }).waitFor();
  await expect
    .poll(() => app.getByRole("link", { name: "Open the job" }).getAttribute("href"), { timeout: 30_000 })
    .not.toBe(before);
  // The item that Shopify does not have.
  expect(admin.problems).toEqual([]);
  await page.close();
});
