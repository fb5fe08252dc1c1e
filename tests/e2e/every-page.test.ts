import type { Browser, BrowserContext } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { issueSessionToken } from "#simulator/oauth/session-token.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import type { AppPage } from "../../scripts/app-pages.ts";
import { openPage, waitForPage } from "../../scripts/open-page.ts";
import { DESKTOP } from "./open-admin.ts";
import { appFrame, startStackOfAllPages } from "./pages.ts";

let stack: TestStack;
let pages: AppPage[];
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  ({ stack, pages } = await startStackOfAllPages());
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: DESKTOP });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const HOME = { path: "/app", title: /^Home$/ };

test("the menu leads to every page that has an entry in it, and each is still there after a reload inside the Admin", async () => {
  const { page } = await openPage(context, stack, HOME);
  const inMenu = pages.filter(({ menu }) => menu !== undefined);
  expect(await page.locator("#app-nav a").allInnerTexts()).toEqual(inMenu.map(({ menu }) => menu));
  for (const target of inMenu) {
    await page.locator("#app-nav").getByRole("link", { name: target.menu, exact: true }).click();
    await waitForPage(page, target);
    await page.waitForURL((url) => url.pathname.endsWith(target.path));
    expect(await page.locator('#app-nav [aria-current="page"]').allInnerTexts()).toEqual([target.menu]);
    // As a browser does by its own menu, with the address the app has given the frame.
    await appFrame(page).evaluate(() => {
      Object.assign(window, { isOld: true });
      location.reload();
    });
    await appFrame(page).waitForFunction(() => !("isOld" in window));
    await waitForPage(page, target);
    expect(new URL(appFrame(page).url()).pathname).toBe(target.path);
  }
  await page.close();
});

test("a session token that ends while the app is open is renewed, and nobody notices", async () => {
  const { page } = await openPage(context, stack, HOME);
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  const { domain, apiKey, apiSecret } = stack;
  let ended = 0;
  await page.route("**/session-token", async (route) => {
    if (ended > 0) return route.fallback();
    ended++;
    return route.fulfill({ body: issueSessionToken({ domain, apiKey, apiSecret }, twoMinutesAgo) });
  });
  const refused = page.waitForResponse((response) => response.status() === 401);
  await page.locator("#app-nav").getByRole("link", { name: "Orders", exact: true }).click();
  await refused;
  await waitForPage(page, { title: /^Orders$/ });
  expect(ended).toBe(1);
  await page.close();
});

test("an address that no page has is said in words, with a way on, and the menu stays", async () => {
  const page = await context.newPage();
  for (const path of ["/app/no-such-page", "/app/orders/1/2/3", "/app/settings/nothing"]) {
    await page.goto(`${stack.simulatorUrl}/store/${stack.domain.split(".")[0] ?? ""}/apps/erp-sync${path}`);
    const app = page.frameLocator("#app");
    await app.getByText(`There is no page at ${path}.`).waitFor();
    await page.locator("#app-nav").getByRole("link", { name: "Orders", exact: true }).waitFor();
    await app.getByRole("link", { name: "Open Home" }).waitFor();
  }
  await page.close();
});

test("a load given up for a newer one is no fault of the page; a fault is one", async () => {
  const { page, frame } = await openPage(context, stack, HOME);
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await frame.evaluate(() => {
    void Promise.reject(new DOMException("given up", "AbortError"));
    void Promise.reject(new Error("a fault"));
  });
  await expect.poll(() => faults).toEqual(["a fault"]);
  await page.close();
});
