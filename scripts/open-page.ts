import type { BrowserContext, Frame, Page } from "playwright";
import type { AppPage } from "./app-pages.ts";
import type { Stack } from "./start-stack.ts";

export const VIEWPORTS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type ViewportName = keyof typeof VIEWPORTS;

/** Opens a page of the app inside the store's Admin, and waits until it is there and has nothing left to load. */
export async function openPage(
  context: BrowserContext,
  stack: Pick<Stack, "simulatorUrl" | "domain">,
  target: Pick<AppPage, "path" | "title">,
  opened?: Page,
): Promise<{ page: Page; frame: Frame }> {
  const page = opened ?? (await context.newPage());
  const handle = stack.domain.replace(/\.myshopify\.com$/, "");
  await page.goto(`${stack.simulatorUrl}/store/${handle}/apps/erp-sync${target.path}`);
  return { page, frame: await waitForPage(page, target) };
}

/** Waits until the page is there, its fonts and data too; the app's frame. */
export async function waitForPage(page: Page, { title }: Pick<AppPage, "title">): Promise<Frame> {
  await page.locator("#title").filter({ hasText: title }).waitFor();
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  await frame.waitForFunction(() => {
    // React marks what it has taken over; before that nobody listens to a click. What is still fetched stands as a skeleton.
    const heading = document.querySelector("h1, h2");
    const isTakenOver = heading !== null && Object.keys(heading).some((key) => key.startsWith("__react"));
    return (
      isTakenOver && document.querySelector("[class*=Polaris-Skeleton], .Polaris-Spinner--sizeLarge") === null
    );
  });
  await frame.evaluate(() => document.fonts.ready.then(() => undefined));
  return frame;
}
