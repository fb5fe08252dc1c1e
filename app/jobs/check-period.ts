import { AppError } from "#app/lib/errors.ts";

const DAY_MS = 86_400_000;
/** Shopify's docs, access scopes: without read_all_orders an app sees the orders of the last 60 days. */
const DAYS_WITHOUT_ALL_ORDERS = 60;

/**
 * Without read_all_orders Shopify silently leaves out what is older than 60 days: a dump that asks for more is
 * refused before it starts (PERIOD_NEEDS_ALL_ORDERS) rather than called complete. The 60th day counts as a whole.
 */
export function checkPeriod(options: { from: Date | null; scopes: readonly string[]; now: Date }): void {
  const { from, scopes, now } = options;
  if (scopes.includes("read_all_orders")) return;
  const oldest = now.getTime() - (DAYS_WITHOUT_ALL_ORDERS + 1) * DAY_MS;
  if (from !== null && from.getTime() >= oldest) return;
  throw new AppError(
    "PERIOD_NEEDS_ALL_ORDERS",
    `Without the permission read_all_orders Shopify only shows the orders of the last ${String(DAYS_WITHOUT_ALL_ORDERS)} days.`,
  );
}
