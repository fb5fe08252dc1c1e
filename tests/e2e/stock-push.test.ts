import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { setErpStock, setSafetyStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { countStockQuestions } from "#app/outbox/count-stock-questions.server.ts";
import { notifyOutbox } from "#app/outbox/notify-outbox.server.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { barriersAtBothWidths } from "./barriers-at-both-widths.ts";
import { findBarriers } from "./find-barriers.ts";
import { openAdmin, takeRefusals, type OpenAdmin } from "./open-admin.ts";

const COMPARE = "/app/inventory/compare";
const RULES = "/app/settings/stock";
const GODOWN = "12";

let stack: TestStack;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stock-push-"));
  const dataFile = join(folder, "store.json");
  const product = (title: string, sku: string, inventoryQuantity: number) => ({
    ...{ title, variants: [{ sku, price: "100", inventoryQuantity }] },
  });
  await writeFile(
    dataFile,
    JSON.stringify({
      locations: [{ id: Number(GODOWN), name: "Godown" }],
      products: [product("Shirt", "SHIRT", 10), product("Mug", "MUG", 4), product("Cap", "CAP", 7)],
      orders: [],
    }),
  );
  const scopes = DEFAULT_SCOPES.filter((scope) => scope !== "write_inventory");
  stack = await startSyncedStack({ dataFile, only: ["products", "inventory"], scopes });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await rm(folder, { recursive: true });
});

const action = ({ page }: OpenAdmin, label: string) => page.locator("#actions button", { hasText: label });
const toast = ({ page }: OpenAdmin, words: string) =>
  page.locator(".toast", { hasText: words }).last().waitFor();
const rowOf = ({ app }: OpenAdmin, sku: string) =>
  app.getByRole("table").last().locator("tbody tr").filter({ hasText: sku });
async function save({ page, app }: OpenAdmin) {
  await Promise.any(
    [page.locator("#save-bar button"), app.locator("ui-save-bar button")].map((buttons) =>
      buttons.filter({ hasText: "Save" }).click(),
    ),
  );
}

const skuOf = async (code: string) => {
  const { rows } = await stack.database.pool.query<{ id: string; item: string }>(
    `select id, "shopifyInventoryItemId" as item from "Sku" where shop = $1 and "skuCode" = $2`,
    [stack.domain, code],
  );
  return rows[0] ?? { id: "", item: "" };
};
/** What Shopify shows of an item, as its own news of it say. */
const shown = async (code: string) => {
  const { rows } = await stack.database.pool.query<{ available: number }>(
    `select "availableQty" as available from "ShopifyInventoryCache" where shop = $1 and "shopifyInventoryItemId" = $2`,
    [stack.domain, (await skuOf(code)).item],
  );
  return rows[0]?.available;
};
const erpSays = async (code: string, sellableQty: number, locationId = "WH-1") =>
  setErpStock(stack.database.pool, {
    ...{ shop: stack.domain, skuId: (await skuOf(code)).id, locationId, sellableQty },
    ...{ actor: "a test", now: new Date() },
  });
async function control(path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${stack.simulatorUrl}/control/${path}`, {
    ...{ method: "POST", body: JSON.stringify(body) },
  });
  expect(await answer.text()).not.toContain('"error"');
}
/** Somebody counts in Shopify. */
const countInShopify = async (code: string, available: number) =>
  control("acts", {
    ...{ act: "setStock", item: `gid://shopify/InventoryItem/${(await skuOf(code)).item}` },
    ...{ location: `gid://shopify/Location/${GODOWN}`, available },
  });

test("while Shopify leads the comparison says why nothing is sent", async () => {
  const admin = await openAdmin(browser, stack, { path: COMPARE });
  await admin.app.getByText("Nothing is sent: Shopify leads").waitFor();
  await admin.app.getByText("ERP says nothing").first().waitFor();
  await admin.app.getByRole("button", { name: "Show all levels" }).click();
  await rowOf(admin, "SHIRT").waitFor();
  expect(await action(admin, "Allow stock to be sent").count()).toBe(0);
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("the ERP is let lead and its location mapped; whoever saves second is told", async () => {
  const late = await openAdmin(browser, stack, { path: RULES });
  const admin = await openAdmin(browser, stack, { path: RULES });
  const { app } = admin;
  await app.getByText("The ERP leads", { exact: true }).click();
  await app.getByRole("button", { name: "Add a line" }).click();
  await app.getByRole("combobox", { name: "Location in the ERP" }).fill("WH 1");
  await save(admin);
  await app.getByText("Choose the location in Shopify.").waitFor();
  await app.getByText(/named with letters, digits/).waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  await app.getByRole("combobox", { name: "Location in the ERP" }).fill("WH-1");
  await app.getByLabel("Feeds in Shopify").selectOption({ label: "Godown" });
  await app.getByText("Godown (12): WH-1").waitFor();
  await save(admin);
  await toast(admin, "Stock rules saved");
  await app.getByText("The ERP leads, and no stock is sent yet").waitFor();

  await late.app.getByText("Keep Shopify's number").click();
  await save(late);
  await late.app.getByText("The stock rules were changed by somebody else while you were editing").waitFor();
  expect(takeRefusals(late)).toEqual(["409"]);
  await late.app.getByRole("button", { name: "Show what holds now" }).click();
  await late.app.getByText("Godown (12): WH-1").waitFor();
  await late.page.close();

  await erpSays("CAP", 3, "WH-LOST");
  expect(await barriersAtBothWidths(browser, stack, RULES)).toEqual([]);
  await admin.page.reload();
  await app.getByText("What is set for WH-LOST is sent nowhere.").waitFor();
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("what was seen is allowed, and the ERP's number reaches Shopify", async () => {
  const { pool } = stack.database;
  await erpSays("SHIRT", 15);
  await setSafetyStock(pool, {
    ...{ shop: stack.domain, skuId: (await skuOf("SHIRT")).id, locationId: "WH-1", safetyStockQty: 2 },
    ...{ actor: "a test", now: new Date() },
  });
  const admin = await openAdmin(browser, stack, { path: COMPARE });
  const { app, page } = admin;
  await expect
    .poll(() => rowOf(admin, "SHIRT").innerText())
    .toMatch(/13\s+= 15 sellable − 2 kept back\s+10\s+\+3/);
  const [download] = await Promise.all([page.waitForEvent("download"), action(admin, "Export CSV").click()]);
  expect((await readFile(await download.path(), "utf8")).split("\n")[1]).toMatch(/^SHIRT,.*,15,2,0,13,10,3,/);

  const dialog = app.getByRole("dialog");
  // Before all of Shopify's stock was read nothing of it can be seen, nor let be sent.
  await pool.query(`update "SyncJob" set status = 'cancelled' where "jobType" = 'inventory'`);
  await action(admin, "Allow stock to be sent").click();
  await dialog.getByText("Shopify's stock has not been read as a whole yet").waitFor();
  await dialog.getByRole("link", { name: "Sync stock" }).waitFor();
  expect(await dialog.getByRole("button", { name: "I have seen this: allow" }).count()).toBe(0);
  expect(takeRefusals(admin)).toEqual(["409"]);
  await pool.query(`update "SyncJob" set status = 'completed' where "jobType" = 'inventory'`);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await action(admin, "Allow stock to be sent").click();
  const figure = (label: string) => dialog.getByText(label, { exact: true }).locator("xpath=..");
  await expect.poll(() => figure("Would be raised").innerText()).toMatch(/\b1$/);
  await expect.poll(() => figure("Units added").innerText()).toMatch(/\b3$/);
  expect(await findBarriers(page)).toEqual([]);
  expect(await shown("SHIRT")).toBe(10);
  // Meanwhile the ERP says that there is none of the mugs: that was not seen.
  await erpSays("MUG", 0);
  await dialog.getByRole("button", { name: "I have seen this: allow" }).click();
  // Shopify's own question, of the permission.
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await dialog.getByText("More levels would be lowered than was shown: 1 instead of 0").waitFor();
  expect(takeRefusals(admin)).toEqual(["409"]);
  expect([await shown("SHIRT"), await shown("MUG")]).toEqual([10, 4]);
  await erpSays("MUG", 4);
  await dialog.getByRole("button", { name: "Look again" }).click();
  await expect.poll(() => figure("Would be lowered").innerText()).toMatch(/\b0$/);
  await dialog.getByRole("button", { name: "I have seen this: allow" }).click();
  await toast(admin, "Stock is sent from now on");
  const { rows } = await pool.query(
    `select figures->>'raised' as raised from "WriteBackPreview" where shop = $1 and kind = 'inventorySet'`,
    [stack.domain],
  );
  expect(rows).toEqual([{ raised: "1" }, { raised: "1" }]);
  await expect.poll(() => shown("SHIRT"), { timeout: 30_000 }).toBe(13);
  expect(admin.problems).toEqual([]);
  await page.close();
});

test("what somebody changed in Shopify is sent over on demand, after saying how many go up and down", async () => {
  await countInShopify("SHIRT", 20);
  await expect.poll(() => shown("SHIRT"), { timeout: 30_000 }).toBe(20);
  const admin = await openAdmin(browser, stack, { path: COMPARE });
  const { app, page } = admin;
  await action(admin, "Send the difference").click();
  const dialog = app.getByRole("dialog");
  await dialog.getByText("In Shopify 0 levels are raised and 1 lowered.").waitFor();
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await toast(admin, "1 difference is being sent");
  await expect.poll(() => shown("SHIRT"), { timeout: 30_000 }).toBe(13);
  await app.getByText("Shopify shows what the ERP says").waitFor({ timeout: 30_000 });
  expect(admin.problems).toEqual([]);
  await page.close();
});

test("under “ask” a number changed in Shopify unheard of is a question, and nothing is overwritten", async () => {
  await control("faults", { kind: "webhook-lost", topic: "inventory_levels/update", count: 1 });
  await countInShopify("SHIRT", 9);
  await erpSays("SHIRT", 30);
  // News of it may be on the way, so that it is looked at twice before somebody is asked.
  const { pool } = stack.database;
  const lookAgainNow = async () => {
    const { rowCount } = await pool.query(
      `update "Outbox" set "nextRetryAt" = now(), answer = answer || jsonb_build_object('seenAt', now() - interval '1 minute')
        where shop = $1 and status = 'waiting' and answer->>'seen' = '9'`,
      [stack.domain],
    );
    return rowCount;
  };
  const admin = await openAdmin(browser, stack, { path: `${COMPARE}?show=all&search=SHIRT` });
  const { app } = admin;
  // The second look falls between the page and its figures: the row says it all the same.
  await admin.page.route("**/app/inventory/compare/counts*", async (route) => {
    await expect
      .poll(
        async () =>
          (await lookAgainNow()) === 1 || (await countStockQuestions(pool, { shop: stack.domain })) === 1,
        { timeout: 30_000 },
      )
      .toBe(true);
    await notifyOutbox(pool);
    await expect.poll(() => countStockQuestions(pool, { shop: stack.domain }), { timeout: 30_000 }).toBe(1);
    await route.continue();
  });
  await admin.page.reload();
  await app.getByText("1 level waits for your answer").waitFor({ timeout: 30_000 });
  await rowOf(admin, "SHIRT").getByText("Waits for your answer").waitFor();
  expect(await app.getByRole("link", { name: "Decide which number counts" }).getAttribute("href")).toContain(
    "/app/outbox?",
  );
  expect(await shown("SHIRT")).not.toBe(28);
  expect(await barriersAtBothWidths(browser, stack, `${COMPARE}?show=all`)).toEqual([]);
  expect(admin.problems).toEqual([]);
  await admin.page.unrouteAll({ behavior: "ignoreErrors" });
  await admin.page.close();
});
