import type { Browser, Frame } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

import { openAdmin } from "./open-admin.ts";

let stack: TestStack;
let browser: Browser;
let frame: Frame;

beforeAll(async () => {
  stack = await startTestStack({ orders: 20 });
  browser = await launchBrowser();
  const { page } = await openAdmin(browser, stack);
  const found = page.frames().find((one) => one.url().startsWith(stack.appUrl));
  if (found === undefined) throw new Error("The app's frame is not there");
  frame = found;
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** As a page of the app asks: App Bridge adds the session token. */
const fetchOrder = (body: string) =>
  frame.evaluate(async (text) => {
    const response = await fetch("/api/shopify/orders/fetch", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: text,
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  }, body);

test("an order is fetched by its number, with and without #, and says what became of it", async () => {
  const first = await fetchOrder('{"number":"#1005"}');
  expect(first).toMatchObject({ status: 200, answer: { orders: [{ orderNumber: "#1005" }] } });
  const again = await fetchOrder('{"number":"1005"}');
  expect(again).toMatchObject({ status: 200, answer: { orders: [{ orderNumber: "#1005" }] } });
  const { rows } = await stack.database.pool.query(
    `select source, "orderNumber" from "ShopifyOrderCache" where "orderNumber" = '#1005'`,
  );
  expect(rows).toEqual([{ source: "fetch", orderNumber: "#1005" }]);
});

test.each([
  ['{"number":"#99999"}', 404, "NOT_FOUND"],
  ['{"id":"123"}', 404, "NOT_FOUND"],
  ['{"id":"abc"}', 404, "NOT_FOUND"],
  ['{"number":""}', 422, "VALIDATION"],
  ['{"number":"#1001","id":"1"}', 422, "VALIDATION"],
  ["no JSON", 415, "NOT_JSON"],
])("%s is answered %i with words and a next step", async (body, status, code) => {
  expect(await fetchOrder(body)).toMatchObject({
    status,
    answer: { error: { code, message: expect.any(String) as string, next: expect.any(String) as string } },
  });
});

test("without a session token nobody is told anything", async () => {
  const response = await fetch(`${stack.appUrl}/api/shopify/orders/fetch`, {
    method: "POST",
    body: '{"number":"#1001"}',
  });
  expect(response.ok).toBe(false);
  expect(await response.text()).not.toContain("1001");
});
