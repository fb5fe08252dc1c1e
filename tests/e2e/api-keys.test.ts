import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

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

test("a key is made in the app and shown once, a machine syncs with it and waits for the end, and it is revoked", async () => {
  const card = settingsPage(admin.app).card("API keys");
  await card.getByText("There is no key yet.").waitFor();
  await card.getByLabel("Which system is it for?").fill("Warehouse");
  await card.getByRole("checkbox", { name: "Sync" }).check();
  await card.getByRole("button", { name: "Create API key" }).click();
  await card.getByText("The key of Warehouse").waitFor();
  const key = await card.getByLabel("Key", { exact: true }).inputValue();
  expect(key).toMatch(/^erpsync_[\w-]{43}$/);

  const call = async (method: string, path: string) => {
    const response = await fetch(`${stack.appUrl}${path}`, {
      ...{ method, headers: { Authorization: `Bearer ${key}`, "Idempotency-Key": "first sync" } },
    });
    return {
      status: response.status,
      body: (await response.json()) as { job: { id: string; status: string } },
    };
  };
  const started = await call("POST", "/api/shopify/sync/products");
  expect(started).toMatchObject({ status: 202, body: { job: { jobType: "products" } } });
  const path = `/api/shopify/jobs/${started.body.job.id}`;
  await expect
    .poll(async () => (await call("GET", path)).body.job.status, { timeout: 60_000 })
    .toBe("completed");
  const again = await call("POST", "/api/shopify/sync/products");
  expect(again.body.job.id).toBe(started.body.job.id);

  await admin.page.reload();
  await card.getByText("last used").waitFor();
  expect(await admin.page.content()).not.toContain(key);
  expect(await card.innerHTML()).not.toContain(key);
  await card.getByRole("button", { name: "Revoke the key of Warehouse" }).click();
  await card.getByRole("button", { name: "Revoke now" }).click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  expect((await call("GET", path)).status).toBe(401);
  expect(admin.problems).toEqual([]);
});
