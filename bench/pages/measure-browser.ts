import { gzipSync } from "node:zlib";
import type { Browser, Frame, Page, Request } from "playwright";
import { appPages, type AppPage, type PageIds } from "../../scripts/app-pages.ts";
import { launchBrowser } from "../../scripts/launch-browser.ts";
import { openPage, VIEWPORTS, type ViewportName } from "../../scripts/open-page.ts";
import { readVitals, watchVitals, type Vitals } from "../../scripts/watch-vitals.ts";
import type { LargeShop } from "./make-large-shop.ts";

export type MeasuredVitals = { page: string; width: ViewportName } & Vitals;

export type BrowserFigures = {
  /** The scripts of the app that the first page loads, as Chromium got them. */
  scripts: { files: number; gzipBytes: number; bytes: number };
  vitals: MeasuredVitals[];
};

/** Where somebody does something: a list, and Home. */
const ACTED = ["home", "orders"];
/** Buttons that only open or turn something. */
const HARMLESS = "[role=tab], button[aria-expanded], button[aria-haspopup], button[aria-controls]";

/** What Chromium sees of each page, opened in the Admin with nothing cached, on a desk and on a phone. */
export async function measureBrowser(
  shop: LargeShop,
  { ids, say }: { ids: PageIds; say: (text: string) => void },
): Promise<BrowserFigures> {
  const browser = await launchBrowser();
  try {
    const vitals: MeasuredVitals[] = [];
    for (const width of ["desktop", "phone"] as const)
      for (const page of appPages(ids)) {
        say(`${page.name} in Chromium, ${width}`);
        vitals.push({ page: page.name, width, ...(await measureVitals(browser, shop, page, width)) });
      }
    return { scripts: await measureScripts(browser, shop), vitals };
  } finally {
    await browser.close();
  }
}

async function measureVitals(
  browser: Browser,
  shop: LargeShop,
  page: AppPage,
  width: ViewportName,
): Promise<Vitals> {
  const context = await browser.newContext({ viewport: VIEWPORTS[width] });
  try {
    await context.addInitScript(watchVitals);
    const opened = await openPage(context, shop, page);
    const acted = ACTED.includes(page.name);
    // What was painted counts until somebody does something.
    const before = await readVitals(opened.frame, { acted: false });
    if (!acted) return before;
    await act(opened.page, opened.frame);
    return { ...(await readVitals(opened.frame, { acted })), lcpMs: before.lcpMs };
  } finally {
    await context.close();
  }
}

/** Clicks and types as a person does; the pages are asked to change nothing. */
async function act(page: Page, frame: Frame): Promise<void> {
  const harmless = frame.locator(HARMLESS).filter({ visible: true });
  const count = Math.min(6, await harmless.count());
  for (let n = 0; n < count; n++) {
    await harmless
      .nth(n)
      .click({ timeout: 3000 })
      .catch(() => undefined); // gone or covered by what the last one opened
    await page.keyboard.press("Escape");
  }
  const search = frame.getByRole("textbox").first();
  if (await search.isVisible()) {
    await search.click();
    await page.keyboard.type("sharma", { delay: 60 });
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("Escape");
  }
  await frame
    .locator("h1, h2")
    .last()
    .click({ force: true, timeout: 3000 })
    .catch(() => undefined);
  await page.keyboard.press("Tab");
  await frame.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // Entries of events come a frame after what they caused is painted.
        requestAnimationFrame(() => setTimeout(resolve, 100));
      }),
  );
}

async function measureScripts(browser: Browser, shop: LargeShop): Promise<BrowserFigures["scripts"]> {
  const context = await browser.newContext({ viewport: VIEWPORTS.desktop });
  const page = await context.newPage();
  const bodies = new Map<string, Promise<Buffer>>();
  const keep = (request: Request) => {
    const url = new URL(request.url());
    if (url.origin === new URL(shop.appUrl).origin && url.pathname.endsWith(".js"))
      bodies.set(
        url.href,
        request.response().then((response) => response?.body() ?? Buffer.alloc(0)),
      );
  };
  page.on("requestfinished", keep);
  await openPage(context, shop, { path: "/app", title: /^Home$/ }, page);
  // What comes later is none of the first page's, and would be read from a page that is closed by then.
  page.off("requestfinished", keep);
  const scripts = await Promise.all(bodies.values());
  await context.close();
  const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
  return {
    files: scripts.length,
    gzipBytes: sum(scripts.map((script) => gzipSync(script).length)),
    bytes: sum(scripts.map((script) => script.length)),
  };
}
