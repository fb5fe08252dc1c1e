import type { Page } from "playwright";

import type { TestStack } from "#tests/setup/start-stack.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";

import { appPages, findPageIds, type AppPage } from "../../scripts/app-pages.ts";
import { makeFailures } from "../../scripts/make-failures.ts";

/** A store whose records are in the ERP, with failures: every page has something to show. */
export async function startStackOfAllPages(): Promise<{ stack: TestStack; pages: AppPage[] }> {
  const stack = await startSyncedStack({ orders: 12, seed: 5 });
  try {
    const { pool } = stack.database;
    await makeFailures(pool, { shop: stack.domain });
    return { stack, pages: appPages(await findPageIds(pool, { shop: stack.domain })) };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The app's frame in the Admin. */
export function appFrame(page: Page) {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  return frame;
}
