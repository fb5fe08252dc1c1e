import type { ReturnCaseRow } from "#app/erp/orders/order-rows.ts";
import type { ReturnCase } from "#app/erp/returns/return-case.ts";

/** Return and RTO cases as the database has them. */
export function buildCaseRows(
  shop: string,
  shopifyOrderId: string,
  cases: readonly ReturnCase[],
): ReturnCaseRow[] {
  return cases.map(({ lines, ...one }) => ({ shop, shopifyOrderId, ...one, lines: JSON.stringify(lines) }));
}
