import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import axe, { type AxeResults } from "axe-core";
import type { Browser, FrameLocator, Page } from "playwright";
import { build, type Rollup } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { startSimulator, type Simulator } from "#simulator/start-simulator.ts";
import { launchBrowser } from "#tests/setup/browser.ts";

import { DESKTOP, PHONE } from "./open-admin.ts";

// The stand-in for what App Bridge draws around an app, with an app of its own: what passes here draws as Shopify documents it.
let simulator: Simulator;
let server: Server;
let browser: Browser;
let page: Page;
let app: FrameLocator;

async function bundle(): Promise<string> {
  const built = (await build({
    ...{
      configFile: false,
      logLevel: "error",
      esbuild: { jsx: "automatic", jsxDev: false },
      mode: "production",
    },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(import.meta.dirname, "an-app-of-its-own.tsx"), formats: ["es"] },
    },
  })) as Rollup.RollupOutput[];
  return built[0]?.output[0].code ?? "";
}

beforeAll(async () => {
  const code = await bundle();
  server = createServer((req, res) => {
    const isScript = req.url === "/app.js";
    res.setHeader("Content-Type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    res.end(
      isScript
        ? code
        : `<!doctype html><html lang="en"><title>An app</title><script src="${simulator.url}/app-bridge.js" data-api-key="x"></script>
           <main></main><script type="module" src="/app.js"></script></html>`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const appUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  simulator = await startSimulator({ orders: 1, appUrl });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await simulator.close();
  server.closeAllConnections();
  server.close();
});

const open = async (viewport: typeof DESKTOP) => {
  page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(8000);
  await page.goto(`${simulator.url}/`);
  app = page.frameLocator("#app");
  await app.getByRole("heading", { name: "An app" }).waitFor();
};

beforeEach(() => open(DESKTOP));
afterEach(() => page.context().close());

const says = (words: string) => app.locator("output").filter({ hasText: words }).waitFor();
const saveBar = () => page.locator("#save-bar");
const barriers = async () => {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run: (what: object) => Promise<AxeResults> } }).axe.run({
      exclude: ["#app"],
    }),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
};

test("a modal shows its content and its title bar's buttons, keeps the focus, and Escape closes it", async () => {
  await page.locator("#actions").getByRole("button", { name: "Open", exact: true }).click();
  const modal = app.getByRole("dialog", { name: "A modal of 0" });
  await modal.waitFor();
  await says("shown");
  await modal.getByRole("button", { name: "Count" }).click();
  // Its title follows what React draws.
  const renamed = app.getByRole("dialog", { name: "A modal of 1" });
  await renamed.getByText("Counted 1").waitFor();
  await renamed.getByRole("button", { name: "Confirm" }).click();
  await says("confirmed");
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press("Tab");
    const outside = await page
      .frame({ name: "app-iframe" })
      ?.evaluate(() => document.activeElement?.closest("main") !== null);
    expect(outside).toBe(false);
  }
  await renamed.getByRole("button", { name: "Count" }).focus();
  await page.keyboard.press("Escape");
  await renamed.waitFor({ state: "hidden" });
  await says("hidden");
  await page.locator("#actions").getByRole("button", { name: "Open", exact: true }).click();
  await renamed.getByRole("button", { name: "Cancel" }).click();
  await renamed.waitFor({ state: "hidden" });
  // The page's own title bar is not the modal's.
  expect(await page.locator("#title").innerText()).toBe("An app");
});

test("the title bar has a way back, disabled buttons and groups", async () => {
  await page.getByRole("button", { name: "Back to Orders" }).click();
  await says("back");
  expect(await page.locator("#actions").getByRole("button", { name: "Never" }).isDisabled()).toBe(true);
  const group = page.locator("#actions").getByRole("button", { name: "More actions" });
  expect(await group.getAttribute("aria-expanded")).toBe("false");
  await group.press("Enter");
  await page.locator("#actions").getByRole("button", { name: "Archive" }).press("Enter");
  await says("archived");
});

test("what is unsaved is saved, or discarded once that is confirmed", async () => {
  expect(await saveBar().isVisible()).toBe(false);
  await app.getByLabel("Name").fill("Asha");
  await saveBar().getByRole("button", { name: "Save" }).click();
  await says("saved");
  await saveBar().waitFor({ state: "hidden" });
  await app.getByLabel("Name").fill("Ashok");
  await saveBar().getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Continue editing" }).click();
  expect(await app.locator("output").innerText()).toBe("saved");
  await saveBar().getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await says("discarded");
  await saveBar().waitFor({ state: "hidden" });
});

test("nobody leaves what is unsaved without being asked", async () => {
  await app.getByRole("button", { name: "Leave" }).click();
  await says("may leave");
  await app.getByLabel("Name").fill("Asha");
  await saveBar().waitFor();
  const address = page.url();
  await page.locator("#app-nav").getByRole("link", { name: "Orders" }).click();
  await page.getByRole("button", { name: "Stay" }).click();
  // While the bar shows, the Admin does not follow the app's address.
  await app.getByRole("button", { name: "Go to an order" }).click();
  await app.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("button", { name: "Stay" }).waitFor();
  expect(page.url()).toBe(address);
  await page.getByRole("button", { name: "Leave page" }).click();
  await says("may leave");
  await saveBar().waitFor({ state: "hidden" });
  await page.waitForURL(/\/orders\/7/);
});

test("the menu marks the page, also on pages below it, and the address says what a reload opens", async () => {
  await app.getByRole("button", { name: "Go to an order" }).click();
  await page.waitForURL(/\/apps\/erp-sync\/orders\/7\?tab=lines$/);
  const marked = page.locator('#app-nav [aria-current="page"]');
  expect(await marked.allInnerTexts()).toEqual(["Orders"]);
  await page.locator("#nav").getByRole("link", { name: "ERP Sync" }).click();
  await page.waitForURL(/\/apps\/erp-sync$/);
  expect(await marked.count()).toBe(0);
  await page.goto(`${page.url()}/orders?status=a&status=b`);
  const frame = page.locator("#app");
  expect(await frame.getAttribute("src")).toMatch(/\/orders\?status=a&status=b&embedded=1&/);
});

test("a link into Shopify's Admin leads to a page that says where it would lead", async () => {
  await app.getByRole("link", { name: "In Shopify" }).click();
  await page.getByRole("heading", { name: "Here Shopify’s Admin would open /orders/42" }).waitFor();
  await page.getByRole("link", { name: "Back to the app" }).click();
  await app.getByRole("heading", { name: "An app" }).waitFor();
});

test.each([
  ["desk", DESKTOP],
  ["phone", PHONE],
])("on a %s all of it fits and has no barrier", async (_where, viewport) => {
  await open(viewport);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await barriers()).toEqual([]);
  expect(await width()).toBeLessThanOrEqual(0);
  await app.getByLabel("Name").fill("Asha");
  await saveBar().waitFor();
  expect(await barriers()).toEqual([]);
  expect(await width()).toBeLessThanOrEqual(0);
  await saveBar().getByRole("button", { name: "Save" }).click();
  await saveBar().waitFor({ state: "hidden" });
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.press("Enter");
  // Longer than the screen: the last of the menu is reached, and the page stays where it is.
  await page.locator("#app-nav").getByRole("link", { name: "More 29" }).click();
  await page.waitForURL(/\/more\/29$/);
  expect(await page.locator('#app-nav [aria-current="page"]').innerText()).toBe("More 29");
  expect(await page.evaluate(() => document.documentElement.scrollTop + document.body.scrollTop)).toBe(0);
});
