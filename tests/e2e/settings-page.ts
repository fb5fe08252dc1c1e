import type { FrameLocator } from "playwright";

/** Settings → Shopify as a person uses it. */
export function settingsPage(app: FrameLocator) {
  const card = (heading: string) =>
    app.locator(".Polaris-ShadowBevel", { has: app.getByRole("heading", { name: heading, exact: true }) });
  return {
    card,
    click: (name: string) => app.getByRole("button", { name, exact: true }).click(),
    choosePeriod: (label: string) => app.getByLabel("Orders created in").selectOption({ label }),
    /** Waits until the newest finished job is this one, and gives what its entry says. */
    async finished(title: string, status = "Completed"): Promise<string> {
      const newest = card("Recent jobs")
        .locator(".Polaris-BlockStack > .Polaris-BlockStack > .Polaris-BlockStack")
        .first();
      await newest.filter({ hasText: title }).filter({ hasText: status }).waitFor({ timeout: 60_000 });
      return newest.innerText();
    },
    /** A row of the cache table as it stands: Pending, Processed, Failed and tried again, Failed and waits for a person. */
    async cacheRow(kind: string): Promise<string[]> {
      const row = card("Cache").getByRole("row", { name: new RegExp(`^${kind}`) });
      const [, ...figures] = await row.getByRole("cell").allInnerTexts();
      return figures.map((text) => text.trim());
    },
  };
}
