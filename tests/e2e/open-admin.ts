import type { Browser, FrameLocator, Page } from "playwright";

import type { Stack } from "../../scripts/start-stack.ts";

export type OpenAdmin = {
  page: Page;
  /** The app inside the Admin's iframe. */
  app: FrameLocator;
  /** What the browser complained about: console errors, exceptions, failed and refused requests. */
  problems: string[];
};

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** What a phone's browser calls itself: the server paints its lists by it. */
export const PHONE_BROWSER =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

/**
 * Remix itself gave a load up for a newer one while its answer was being read: it writes so to the console, and shows the newer one. No
 * page can keep it from that.
 */
const GIVEN_UP = /^AbortError: signal is aborted without reason\n\s+at \S+ \(\S+\/assets\//;

/** The statuses, each once, that the browser complained about after its first `before` problems; what is no status stays in words. */
export function takeRefusals({ problems }: Pick<OpenAdmin, "problems">, before = 0): string[] {
  return [...new Set(problems.splice(before).map((problem) => /\b[45]\d\d\b/.exec(problem)?.[0] ?? problem))];
}

/** Opens the app in the store's Admin as a merchant does; `path` is a page of the app. */
export async function openAdmin(
  browser: Browser,
  stack: Pick<Stack, "simulatorUrl" | "domain">,
  { path = "", viewport = DESKTOP }: { path?: string; viewport?: { width: number; height: number } } = {},
): Promise<OpenAdmin> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !GIVEN_UP.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (response.status() >= 400) problems.push(`${response.status()} ${url.pathname}`);
  });
  const handle = stack.domain.replace(/\.myshopify\.com$/, "");
  await page.goto(`${stack.simulatorUrl}/store/${handle}/apps/erp-sync${path}`);
  return { page, app: page.frameLocator("#app"), problems };
}
