import type { Browser } from "playwright";
import { expect } from "vitest";

import type { TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE } from "./open-admin.ts";

/** `findBarriers` of a page on a desk and on a phone, each opened anew; nothing in it may fail. */
export async function barriersAtBothWidths(
  browser: Browser,
  stack: TestStack,
  path: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of [DESKTOP, PHONE]) {
    const admin = await openAdmin(browser, stack, { path, viewport });
    await admin.app.getByRole("heading", { level: 1 }).first().waitFor();
    found.push(...(await findBarriers(admin.page)));
    expect(admin.problems).toEqual([]);
    await admin.page.close();
  }
  return found;
}
