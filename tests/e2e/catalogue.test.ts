import path from "node:path";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, type OpenAdmin } from "./open-admin.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  const dataFile = path.resolve(import.meta.dirname, "../fixtures/workbench-store.json");
  // Orders first: none finds its SKU.
  stack = await startSyncedStack({ dataFile, only: ["orders"] });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/catalogue" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const row = (text: string) => admin.app.getByRole("row").filter({ hasText: text });
const button = (name: string) => admin.app.getByRole("button", { name, exact: true });
const toast = (text: string) => admin.page.locator(".toast", { hasText: text }).first().waitFor();
const tab = (name: RegExp) => admin.app.getByRole("tab", { name });
/** At both widths, with the page as it stands. */
async function barriers(): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of [PHONE, DESKTOP]) {
    await admin.page.setViewportSize(viewport);
    found.push(...(await findBarriers(admin.page)));
  }
  return found;
}

async function orderNumbers(): Promise<string[]> {
  const { rows } = await stack.database.pool.query<{ orderNumber: string }>(
    `select "orderNumber" from "Order" where shop = $1 order by 1`,
    [stack.domain],
  );
  return rows.map(({ orderNumber }) => orderNumber);
}

test("without products the list says what to do, and the workbench what orders wait for", async () => {
  await admin.app.getByRole("heading", { name: "No products yet" }).waitFor();
  expect(await barriers()).toEqual([]);
  await admin.page.locator("#actions button", { hasText: "SKU workbench" }).click();
  await admin.app.getByText("5 orders wait for a SKU that is not in the catalogue").waitFor();
  expect(await row("CSH-OLD-S").getByRole("cell").nth(2).textContent()).toBe("4");
  await row("CSH-WHT-S").waitFor();
});

test("once the products are synced, orders go on by themselves; what no product answers for stays", async () => {
  await admin.page.locator("#actions button", { hasText: "Sync all products" }).click();
  await toast("Product sync started");
  await admin.app
    .getByText("4 orders wait for a SKU that is not in the catalogue")
    .waitFor({ timeout: 30_000 });
  // The list comes after the counts.
  await row("CSH-WHT-S").waitFor({ state: "detached" });
  expect(await orderNumbers()).toEqual(["#1001"]);
});

test("one mapping releases every order that waits for the variant, and says how many", async () => {
  await button("Map to SKU: CSH-OLD-S").click();
  await admin.app.getByText("No SKU has “CSH-OLD-S” in it").waitFor();
  await admin.app.getByLabel("Search by SKU, product or barcode").fill("shirt white");
  await admin.app.getByRole("dialog").getByText("CSH-WHT-M", { exact: true }).click();
  expect(await findBarriers(admin.page)).toEqual([]);
  await button("Map to this SKU").click();
  await admin.app.getByText("CSH-OLD-S is mapped: 3 waiting orders were released").waitFor();
  await admin.app.getByText("1 order with it still waits for another SKU as well.").waitFor();
  await admin.app
    .getByText("They have been tried again: no order is left to process.")
    .waitFor({ timeout: 20_000 });
  await expect.poll(orderNumbers, { timeout: 20_000 }).toEqual(["#1001", "#1002", "#1003", "#1004"]);
  await admin.app.getByText("1 order waits for a SKU that is not in the catalogue").waitFor();
  expect(await row("CSH-OLD-S").count()).toBe(0);
  expect(await row("CAP-GONE").getByRole("cell").nth(2).textContent()).toBe("1");
  expect(await barriers()).toEqual([]);
});

test("shared and missing SKUs are listed with the way to mend them in Shopify", async () => {
  await tab(/^Shared and missing SKUs/).click();
  await admin.app.getByText("1 SKU is shared by several variants, 1 variant has none").waitFor();
  const link = row("Clay Mug").getByRole("link", { name: "Variant 5041" });
  expect(await link.getAttribute("href")).toMatch(
    /^https:\/\/admin\.shopify\.com\/store\/.+\/products\/504\/variants\/5041$/,
  );
  await row("Gift Box").getByText("No SKU", { exact: true }).waitFor();
  const search = admin.app.getByLabel("Search by SKU or title");
  await search.fill("gift");
  await row("Clay Mug").first().waitFor({ state: "detached" });
  await row("Gift Box").waitFor();
  await search.fill("nothing is called so");
  await admin.app.getByRole("heading", { name: "Nothing matches" }).waitFor();
  expect(await barriers()).toEqual([]);
});

test("of two look-alikes one is accepted and one rejected; what somebody decided meanwhile is said", async () => {
  await tab(/^Look-alikes/).click();
  // What was searched for in another part is not searched for here.
  await admin.app.getByRole("heading", { name: "Linen Kurta" }).waitFor();
  expect(await barriers()).toEqual([]);
  const other = await openAdmin(browser, stack, { path: "/app/catalogue/workbench" });
  await other.app.getByRole("tab", { name: /^Look-alikes/ }).click();
  await other.app.getByRole("heading", { name: "Silk Scarf" }).waitFor();
  // The second page does not look by itself any more: it answers for what its person still sees.
  await other.page.route("**/workbench/counts*", (route) => route.abort());

  await button("Accept: one product: Linen Kurta").click();
  await admin.app.getByText("This cannot be taken back as a whole.").waitFor();
  await button("Make them one").click();
  await toast("Accepted: they are one product now");
  await button("Reject: keep apart: Silk Scarf").click();
  await button("Keep apart").click();
  await toast("Rejected: they stay apart");
  await admin.app.getByRole("heading", { name: "No look-alikes" }).waitFor();

  await other.app.getByRole("button", { name: "Accept: one product: Silk Scarf" }).click();
  await other.app.getByRole("button", { name: "Make them one" }).click();
  await other.page.locator(".toast", { hasText: "already rejected" }).waitFor();
  await other.app.getByRole("heading", { name: "No look-alikes" }).waitFor();
  await other.page.context().close();
});

test("a product is found by a SKU, and its page shows its SKUs, where it comes from and who mapped what", async () => {
  await admin.app.getByRole("link", { name: "Catalogue" }).first().click();
  await row("Classic Cotton Shirt").waitFor();
  await button("Search and filter results").first().click();
  await admin.app.getByPlaceholder("Name, handle, vendor, SKU or barcode").fill("csh-blu");
  await row("Clay Mug").waitFor({ state: "detached" });
  expect(await barriers()).toEqual([]);
  await admin.app.getByRole("link", { name: "Classic Cotton Shirt" }).click();
  await admin.app.getByRole("heading", { name: "Color: White" }).waitFor();
  await row("CSH-WHT-S").getByText("8901234567890").waitFor();
  await admin.app.getByText("Variant 9001 is CSH-WHT-M").waitFor();
  await admin.app.getByText(/^Linked by itself: 3 variants are SKUs here/).waitFor();
  expect(await admin.app.getByRole("link", { name: "What Shopify sent" }).getAttribute("href")).toContain(
    "/app/cache/product/501",
  );
  expect(await barriers()).toEqual([]);
});

test("a mapping that is removed lets its orders wait again", async () => {
  await button("Remove the mapping of variant 9001").click();
  await button("Remove mapping").click();
  await toast("Mapping removed; 4 orders are computed again");
  await admin.app.getByText("No further variant was mapped to a SKU of this product.").waitFor();
});

test("the list is saved as CSV, one row a SKU", async () => {
  await admin.app.getByRole("link", { name: "Catalogue" }).first().click();
  await row("Classic Cotton Shirt").first().waitFor();
  const saving = admin.page.waitForEvent("download");
  await admin.page.locator("#actions button", { hasText: "Export CSV" }).click();
  const file = await (await saving).createReadStream();
  const lines = (await file.setEncoding("utf8").toArray()).join("").trim().split("\n");
  expect(lines[0]).toContain("Product,Status,Variation,SKU,Size,Options,Price");
  expect(lines.filter((line) => line.startsWith("Classic Cotton Shirt,"))).toHaveLength(3);
  expect(lines.find((line) => line.includes("CSH-WHT-S"))).toContain(
    "Classic Cotton Shirt,ACTIVE,White,CSH-WHT-S,S,Color: White; Size: S,1299",
  );
  expect(admin.problems).toEqual([]);
});

test("an unknown product is told in words", async () => {
  const lost = await openAdmin(browser, stack, { path: "/app/catalogue/none" });
  await lost.app.getByText("The ERP has no product at this address").waitFor();
  await lost.page.context().close();
});
