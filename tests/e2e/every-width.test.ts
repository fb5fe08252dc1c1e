import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launchBrowser } from "#tests/setup/browser.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import type { AppPage } from "../../scripts/app-pages.ts";
import { openPage } from "../../scripts/open-page.ts";
import { readVitals, watchVitals } from "../../scripts/watch-vitals.ts";
import { findBarriers } from "./find-barriers.ts";
import { findUnreached } from "./find-unreached.ts";
import { DESKTOP, PHONE, PHONE_BROWSER } from "./open-admin.ts";
import { appFrame, startStackOfAllPages } from "./pages.ts";

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

/** Half of what the web calls good: what comes late has its place, so that no page comes near that. */
const MOST_MOVED = 0.05;

test.concurrent.each([
  ["desk", DESKTOP, {}],
  ["phone", PHONE, { userAgent: PHONE_BROWSER }],
])(
  "on a %s every page fits its width, stands still, has one heading of its own and no serious barrier; on a desk Tab alone reaches every control",
  async (where, viewport, calledItself) => {
    const context = await browser.newContext({ viewport, ...calledItself });
    await context.addInitScript(watchVitals);
    const page = await context.newPage();
    const problems: Record<string, string[]> = {};
    const complain = (message: string) => (problems[page.url()] ??= []).push(message);
    page.on("pageerror", ({ message }) => complain(message));
    page.on("console", (message) => message.type() === "error" && complain(message.text()));
    for (const target of pages) {
      const { frame } = await openPage(context, stack, target, page);
      const { cls, moved } = await readVitals(frame, { acted: false });
      const headings = await frame.locator("h1").count();
      const found = [
        ...(cls <= MOST_MOVED ? [] : [`CLS of ${cls.toFixed(3)}`, ...moved]),
        ...(headings === 1 ? [] : [`${String(headings)} headings of the first level`]),
        ...(await findBarriers(page)),
        ...(where === "desk" ? await findUnreached(page, frame) : []),
      ];
      if (found.length > 0) problems[target.name] = found;
    }
    expect(problems).toEqual({});
    await context.close();
  },
  400_000, // about a minute on a free machine; five with thirty processes beside it
);

test.each([
  ["desk", DESKTOP],
  ["phone", PHONE],
])(
  "on a %s a list's open filter and a page's open question are no barrier either",
  async (_where, viewport) => {
    const context = await browser.newContext({ viewport });
    const { page, frame } = await openPage(context, stack, {
      path: "/app/orders?search=%23",
      title: /^Orders$/,
    });
    await frame.getByRole("button", { name: "Add filter" }).click();
    await frame.getByRole("menuitem", { name: "Status", exact: true }).click();
    await frame.getByRole("checkbox", { name: "On hold" }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await openPage(context, stack, { path: "/app/settings/payment-rules", title: /^Payment rules$/ }, page);
    await appFrame(page).getByRole("button", { name: "Add a rule" }).click();
    // On a phone Polaris' dialog stands outside its own box.
    await appFrame(page).getByRole("dialog").getByRole("textbox").first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await context.close();
  },
);
