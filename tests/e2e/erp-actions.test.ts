import { readFile } from "node:fs/promises";

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { saveSettings } from "#app/settings/save-settings.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { barriersAtBothWidths } from "./barriers-at-both-widths.ts";
import { findBarriers } from "./find-barriers.ts";
import { openAdmin, takeRefusals, type OpenAdmin } from "./open-admin.ts";

let stack: TestStack;
let browser: Browser;
let order: { id: string; units: number };

beforeAll(async () => {
  stack = await startSyncedStack({ orders: 120, seed: 5, only: ["products", "customers", "orders"] });
  browser = await launchBrowser();
  const { pool } = stack.database;
  await saveSettings(pool, {
    ...{ shop: stack.domain, patch: {}, actor: "a test", cutOverAt: new Date("2020-01-01"), now: new Date() },
  });
  await pool.query(`update "ShopifyOrderCache" set "processedAt" = null`);
  const waiting = `select count(*)::int as n from "ShopifyOrderCache" where "processedAt" is null and "errorCode" is null`;
  await vi.waitUntil(async () => (await pool.query<{ n: number }>(waiting)).rows[0]?.n === 0, {
    ...{ timeout: 30_000, interval: 200 },
  });
  const { rows } = await pool.query<{ id: string; units: number }>(
    `select o."shopifyOrderId" as id, sum(l.qty)::int as units from "Order" o join "OrderLine" l using (shop, "shopifyOrderId")
      where o.status = 'open' and o.holds = '[]' and not o.test
      group by 1 having sum(l.qty) between 2 and 8 and bool_and(l."requiresShipping" and l."skuId" is not null)
      order by 1 limit 1`,
  );
  if (!rows[0]) throw new Error("the store has no order that can be sent in two parcels");
  order = rows[0];
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const toast = ({ page }: OpenAdmin, words: string | RegExp) =>
  page.locator(".toast", { hasText: words }).last().waitFor();

test("an order goes from the shelf to the door in two parcels, one is delivered and one comes back, all by page", async () => {
  const path = `/app/orders/${order.id}`;
  const late = await openAdmin(browser, stack, { path });
  const lateAllocate = late.app.getByRole("button", { name: /^Allocate/ });
  await lateAllocate.waitFor();
  const admin = await openAdmin(browser, stack, { path });
  const { app } = admin;
  const units = `${String(order.units)} units`;
  for (const [step, done] of [
    ["Allocate", "allocated"],
    ["Pick", "picked"],
    ["Pack", "packed"],
  ] as const) {
    await app.getByRole("button", { name: `${step} ${units}` }).click();
    await toast(admin, done);
  }

  // Somebody whose page is of before is told that it was done, and what to do instead.
  await lateAllocate.click();
  await late.app.getByText("Nothing is left to allocate").first().waitFor();
  await late.app.getByRole("button", { name: "Look at the order again" }).click();
  await late.app.getByRole("button", { name: /^Hand over/ }).waitFor();
  expect(takeRefusals(late)).toEqual(["409"]);
  await late.page.close();

  await app.getByRole("button", { name: "What cannot be done now, and why" }).click();
  await app.getByText(/Nothing has been delivered yet/).waitFor();

  await app.getByRole("button", { name: `Hand over ${units}…` }).click();
  const dialog = app.getByRole("dialog");
  const quantities = dialog.getByRole("spinbutton");
  for (let i = 1; i < (await quantities.count()); i += 1) await quantities.nth(i).fill("0");
  await quantities.first().fill("99");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await dialog.getByText(/A whole number from 0 to/).waitFor();
  await quantities.first().fill("1");
  await dialog.getByLabel("AWB number").fill("AWB-ONE");
  await dialog.getByLabel("Courier").fill("Delhivery");
  await dialog.getByText("Nothing reaches the customer: no message, no money.").waitFor();
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await toast(admin, "AWB-ONE");
  await dialog.waitFor({ state: "detached" });

  await app.getByRole("button", { name: /^Hand over .*…/ }).click();
  expect(await dialog.getByLabel("Courier").inputValue()).toBe("Delhivery");
  await dialog.getByLabel("AWB number").fill("AWB-TWO");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await toast(admin, "AWB-TWO");
  await dialog.waitFor({ state: "detached" });

  await app.getByRole("button", { name: "Mark delivered: Parcel AWB-ONE" }).click();
  await toast(admin, "delivered");
  await app.getByRole("button", { name: "Mark delivered: Parcel AWB-TWO" }).waitFor();
  await app.getByRole("button", { name: "More actions" }).focus();
  await admin.page.keyboard.press("Enter");
  await app.getByRole("menuitem", { name: "RTO: it comes back…" }).click();
  await dialog.waitFor();
  await admin.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await app.locator(":focus").innerText()).toContain("More actions");
  await admin.page.keyboard.press("Enter");
  await app.getByRole("menuitem", { name: "RTO: it comes back…" }).click();
  await dialog.getByLabel("Why").fill("Nobody was at home");
  await dialog.getByRole("button", { name: "Start RTO" }).click();
  await dialog.waitFor({ state: "detached" });
  await app.getByRole("button", { name: "Receive RTO: Parcel AWB-TWO" }).click();
  await dialog.getByRole("button", { name: "Receive it" }).click();
  await dialog.waitFor({ state: "detached" });
  await app.getByText("Nobody was at home").first().waitFor();
  expect(await app.getByText(/order\.\w/).count()).toBe(0);

  const { rows } = await stack.database.pool.query(
    `select "awbNumber", state, courier from "Parcel" where shop = $1 and "shopifyOrderId" = $2 order by 1`,
    [stack.domain, order.id],
  );
  expect(rows).toEqual([
    { awbNumber: "AWB-ONE", state: "delivered", courier: "Delhivery" },
    { awbNumber: "AWB-TWO", state: "rto_received", courier: "Delhivery" },
  ]);
  const sums = await stack.database.pool.query(
    `select sum("deliveredQty")::int as delivered, sum("rtoQty")::int as rto from "OrderLine" where shop = $1 and "shopifyOrderId" = $2`,
    [stack.domain, order.id],
  );
  expect(sums.rows).toEqual([{ delivered: 1, rto: order.units - 1 }]);
  expect(await barriersAtBothWidths(browser, stack, path)).toEqual([]);
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("a courier's file is looked at before it is booked, and what does not fit waits for a person", async () => {
  const admin = await openAdmin(browser, stack, { path: "/app/remittances" });
  const { app } = admin;
  await app.getByText("No remittances yet").waitFor();
  await app.locator("input[type=file]").setInputFiles({
    ...{ name: "statement.csv", mimeType: "text/csv" },
    buffer: Buffer.from(
      'Waybill,Net Amount,UTR,Charges,Date\nAWB-NONE,"1,250.50",UTR1,20,22/11/2026\nAWB-BAD,much,UTR1,,22/11/2026\n',
    ),
  });
  await app
    .getByText("1 row to book · 1250.50 paid out · 20.00 kept by the courier", { exact: false })
    .waitFor();
  await app.getByText("Line 3: “much” is no amount: write it as 1250.50").waitFor();
  const booked = () => stack.database.pool.query(`select from "Remittance"`);
  expect((await booked()).rowCount).toBe(0);
  await app.getByRole("button", { name: "Book 1 row" }).click();
  await app.getByText("1 row does not fit and waits for your word.").waitFor();
  // What could not be read stays in sight, and can be had as a file to correct.
  await toast(admin, "0 booked, 1 in the queue, 0 known already, 1 could not be read");
  await app.getByText("1 row could not be read, and is not booked").waitFor();
  await app.getByText("Line 3: “much” is no amount: write it as 1250.50").waitFor();
  expect(await findBarriers(admin.page)).toEqual([]);
  const [saved] = await Promise.all([
    admin.page.waitForEvent("download"),
    app.getByRole("button", { name: "Save the row left out" }).click(),
  ]);
  expect((await readFile(await saved.path(), "utf8")).trim().split("\n")).toEqual([
    "Waybill,Net Amount,UTR,Charges,Date,Line,Why it was left out",
    "AWB-BAD,much,UTR1,,2026-11-22,3,“much” is no amount: write it as 1250.50",
  ]);
  expect((await booked()).rowCount).toBe(1);
  expect(await barriersAtBothWidths(browser, stack, "/app/remittances")).toEqual([]);

  await app.getByRole("link", { name: "Look at the differences" }).click();
  await app.getByRole("button", { name: "Book AWB-NONE as it came" }).click();
  const dialog = app.getByRole("dialog");
  await dialog.getByRole("button", { name: "Book it as it came" }).click();
  await dialog.getByText("Say on which order").waitFor();
  await dialog.getByLabel("Order number").fill("#99999");
  await dialog.getByRole("button", { name: "Book it as it came" }).click();
  await dialog.getByText("There is no order #99999").waitFor();
  expect(await dialog.getByRole("link", { name: "Open Home" }).count()).toBe(0);
  expect(takeRefusals(admin)).toEqual(["404"]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await app.getByRole("button", { name: "Dismiss AWB-NONE" }).click();
  await dialog.getByRole("button", { name: "Leave it unbooked" }).click();
  await toast(admin, "AWB-NONE");
  await dialog.waitFor({ state: "detached" });
  await app.getByText("No remittances match").waitFor();
  expect(admin.problems).toEqual([]);
  await admin.page.close();
});

test("what Shopify refused is seen on Home, opened, and sent again or left; what waits for its switch is told apart", async () => {
  const { pool } = stack.database;
  const of = `shop = $1 and "entityId" = $2`;
  const { rows } = await pool.query<{ id: string }>(
    `update "Outbox" set status = case seq when (select min(seq) from "Outbox" where ${of}) then 'refused' else 'conflict' end,
       "errorCode" = 'WRITE_BACK_REFUSED', error = 'The fulfillment order is not in an open state.', attempts = 1,
       conflict = case seq when (select min(seq) from "Outbox" where ${of}) then null
         else '{"erp": "The parcel AWB-TWO left with 1 unit.", "shopify": "All of it is fulfilled.", "next": "Look at the order in Shopify."}'::jsonb end
     where ${of} and kind = 'fulfillmentCreate' returning id`,
    [stack.domain, order.id],
  );
  expect(rows.length).toBe(2);
  const admin = await openAdmin(browser, stack, { path: "/app" });
  const { app } = admin;
  const dialog = app.getByRole("dialog");
  await app.getByText("1 update to Shopify waits for your decision").waitFor();
  await app.getByText("Shopify refused 1 update from here").waitFor();
  await app.getByRole("link", { name: /^Decide \(Shopify refused/ }).click();

  await app.getByText("The fulfillment order is not in an open state.").first().waitFor();
  const decide = (words: RegExp) =>
    app
      .getByRole("row")
      .filter({ hasText: words })
      .getByRole("button", { name: /^Decide \(#/ })
      .click();
  await decide(/not in an open state/);
  await dialog.getByText("Shopify says: The fulfillment order is not in an open state.").waitFor();
  await dialog.getByRole("button", { name: "Send again" }).click();
  await toast(admin, "It will be sent again");
  await app.getByText("The fulfillment order is not in an open state.").waitFor({ state: "detached" });
  await decide(/All of it is fulfilled/);
  await dialog.getByText("The parcel AWB-TWO left with 1 unit.").waitFor();
  await dialog.getByText("All of it is fulfilled.").waitFor();
  await dialog.getByRole("button", { name: "Do not send…" }).click();
  await dialog.getByText("This cannot be taken back.").waitFor();
  await dialog.getByRole("button", { name: "Do not send it" }).click();
  await toast(admin, "It will not be sent");
  await app.getByRole("tab", { name: "Waiting" }).click();
  await app.getByText("Waits until switched on").first().waitFor();
  await app.getByText(/updates? waits? because Shopify is not told/).waitFor();
  expect(admin.problems).toEqual([]);

  // On the order's own page the same stands, and is decided the same way.
  await app.getByRole("link", { name: /^#/ }).first().click();
  await app.getByRole("heading", { name: "Updates to Shopify" }).waitFor();
  await app.getByText("Not to be sent").first().waitFor();
  await admin.page.close();
  expect(await barriersAtBothWidths(browser, stack, "/app/outbox")).toEqual([]);
});
