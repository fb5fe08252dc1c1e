import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright";

/** What axe never calls more than moderate, and looks for in the whole page. */
const NEVER_SERIOUS = [
  ...["region", "heading-order", "page-has-heading-one", "landmark-one-main", "landmark-unique", "skip-link"],
  ...["identical-links-same-purpose", "empty-heading", "empty-table-header", "aria-allowed-role"],
];
/** Rows of a long table beyond these are drawn by the same code. */
const MORE_ROWS = "tbody tr:nth-child(n + 13)";
const ONLY_SERIOUS: RunOptions = {
  resultTypes: ["violations"],
  rules: Object.fromEntries(NEVER_SERIOUS.map((rule) => [rule, { enabled: false }])),
};

/**
 * What keeps somebody from using the page that the app shows: each serious or critical finding of axe, and a width that makes the page
 * scroll sideways. Empty where nothing does. Polaris measures its tabs anew when the width changes, and for that moment shows none: a
 * barrier is what is there still when it is looked for again.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const first = await look(page);
  if (first.length === 0) return [];
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve, 500));
      }),
  );
  const again = await look(page);
  return first.filter((one) => again.includes(one));
}

async function look(page: Page): Promise<string[]> {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  const overflow = await frame.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(axe.source);
  const results = await frame.evaluate(
    ([context, options]) =>
      (
        window as unknown as { axe: { run: (context: object, options: RunOptions) => Promise<AxeResults> } }
      ).axe.run(context, options),
    [{ include: [["html"]], exclude: [[MORE_ROWS]] }, ONLY_SERIOUS] as const,
  );
  const serious = results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  return overflow > 0 ? [`${String(overflow)} px too wide`, ...serious] : serious;
}
