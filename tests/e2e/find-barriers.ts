import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright";

/**
 * What keeps somebody from using the page that the app shows: each serious or critical finding of axe, and a width that makes the page
 * scroll sideways. Empty where nothing does.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  const overflow = await frame.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await frame.evaluate(axe.source);
  const results = await frame.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  const serious = results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  return overflow > 0 ? [`${String(overflow)} px too wide`, ...serious] : serious;
}
