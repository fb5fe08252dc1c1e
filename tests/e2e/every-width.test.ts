import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import type { AppPage } from "../../scripts/app-pages.ts";
import { openPage } from "../../scripts/open-page.ts";
import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, PHONE } from "./open-admin.ts";
import { startStackOfAllPages } from "./pages.ts";

let stack: TestStack;
let pages: AppPage[];
let browser: Browser;

beforeAll(async () => {
  ({ stack, pages } = await startStackOfAllPages());
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test.each([
  ["desk", DESKTOP],
  ["phone", PHONE],
])(
  "on a %s every page fits its width, has one heading of its own and no serious barrier",
  async (_where, viewport) => {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const problems: Record<string, string[]> = {};
    page.on("pageerror", ({ message }) => (problems[page.url()] = [message]));
    for (const target of pages) {
      const { frame } = await openPage(context, stack, target, page);
      const headings = await frame.locator("h1").count();
      const found = [
        ...(headings === 1 ? [] : [`${String(headings)} headings of the first level`]),
        ...(await findBarriers(page)),
      ];
      if (found.length > 0) problems[target.name] = found;
    }
    expect(problems).toEqual({});
    await context.close();
  },
);
