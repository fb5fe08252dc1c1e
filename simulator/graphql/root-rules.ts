import type { SearchRow } from "#simulator/search/compile-search.ts";

const SIXTY_DAYS_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * What a root connection leaves out by itself, whatever is asked:
 * - `orders` older than 60 days, without the scope read_all_orders (silently, as at Shopify);
 * - inactive `locations` unless `includeInactive`, those of fulfilment services unless `includeLegacy`;
 * - closed `fulfillmentOrders` unless `includeClosed`.
 */
export function rootRule(
  fieldName: string,
  args: Readonly<Record<string, unknown>>,
  granted: ReadonlySet<string>,
  now: Date,
): ((row: SearchRow) => boolean) | null {
  switch (fieldName) {
    case "orders":
    case "ordersCount":
      return granted.has("read_all_orders") ? null : (row) => isRecentOrder(row.time("createdAt"), now);
    case "locations":
      if (args.includeInactive === true && args.includeLegacy === true) return null;
      return (row) => {
        const location = row.node();
        return (
          (args.includeInactive === true || location.isActive === true) &&
          (args.includeLegacy === true || location.isFulfillmentService !== true)
        );
      };
    case "fulfillmentOrders":
      return args.includeClosed === true ? null : (row) => row.node().status !== "CLOSED";
    default:
      return null;
  }
}

/** Whether an order may be read without read_all_orders. */
export function isRecentOrder(createdAt: string | null, now: Date): boolean {
  return createdAt !== null && now.getTime() - Date.parse(createdAt) <= SIXTY_DAYS_MS;
}
