import { readFile } from "node:fs/promises";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { handlePrivacyTopic } from "#app/privacy/handle-privacy-topic.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin, type OpenAdmin } from "./open-admin.ts";
import { settingsPage } from "./settings-page.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  stack = await startTestStack({ orders: 20, seed: 5 });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/settings/shopify" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const CARD = "Requests about personal data";

test("where nobody asked there is no card", async () => {
  const settings = settingsPage(admin.app);
  await settings.card("Recent jobs").waitFor();
  expect(await settings.card(CARD).count()).toBe(0);
});

test("a person's data is downloaded inside the Admin, and that it was is written down", async () => {
  const { pool } = stack.database;
  const shop = stack.domain;
  const now = new Date();
  await handlePrivacyTopic(pool, {
    ...{ shop, topic: "customers/data_request", receivedAt: now, now },
    body: Buffer.from(JSON.stringify({ customer: { id: 7 }, data_request: { id: 9 } })),
  });
  await admin.page.reload();
  const card = settingsPage(admin.app).card(CARD);
  await card.getByText("A customer asks for their data").waitFor();
  await card.getByText("Made ready to download").waitFor();
  const [download] = await Promise.all([
    admin.page.waitForEvent("download"),
    card.getByRole("button", { name: /^Download/ }).click(),
  ]);
  const document = JSON.parse(await readFile(await download.path(), "utf8")) as unknown;
  expect(document).toMatchObject({ shop, customerId: "7", Order: [] });
  const { rows } = await pool.query<{ id: string; target: string; actor: string }>(
    `SELECT p.id, a.target, a.actor FROM "AuditLog" a, "PrivacyRequest" p
     WHERE a.shop = $1 AND p.shop = $1 AND a.action = 'privacy.download'`,
    [shop],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.target).toBe(rows[0]?.id);
  expect(rows[0]?.actor).not.toBe("");
  expect(download.suggestedFilename()).toBe(`personal-data-${rows[0]?.id ?? ""}.json`);
});

test("a shop that has the app is not erased, and the card says why", async () => {
  const { pool } = stack.database;
  const now = new Date();
  await handlePrivacyTopic(pool, {
    ...{ shop: stack.domain, topic: "shop/redact", receivedAt: now, now, body: Buffer.from("{}") },
  });
  await admin.page.reload();
  const card = settingsPage(admin.app).card(CARD);
  await card.getByText(/^Not erased: the app is installed again, as of /).waitFor();
});

test("nobody who is not signed in gets the list or the data, and what has expired is gone", async () => {
  const { pool } = stack.database;
  for (const path of ["/api/shopify/privacy", "/api/shopify/privacy/any/export"]) {
    const response = await fetch(new URL(path, stack.appUrl), { redirect: "manual" });
    expect(response.status, path).not.toBe(200);
    expect(await response.text(), path).not.toContain("customerId");
  }
  await pool.query(`UPDATE "PrivacyRequest" SET "expiresAt" = now() - interval '1 minute'`);
  await settingsPage(admin.app)
    .card(CARD)
    .getByRole("button", { name: /^Download/ })
    .click();
  await admin.app.getByText("The data could not be downloaded").waitFor();
  const { rows } = await pool.query(`SELECT export FROM "PrivacyRequest" WHERE kind = 'data_request'`);
  expect(rows).toEqual([{ export: null }]);
});
