import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import type { Format } from "./format.ts";

const quantities = [
  ["qty", "Ordered"],
  ["allocatedQty", "allocated"],
  ["pickedQty", "picked"],
  ["packedQty", "packed"],
  ["shippedQty", "shipped"],
  ["deliveredQty", "delivered"],
  ["cancelledQty", "cancelled"],
  ["rtoQty", "RTO"],
  ["returnedQty", "returned"],
  ["refundedQty", "refunded"],
] as const;

/** "Ordered 2 · shipped 1 · refunded 1": every quantity of a line that is not zero. */
export function lineQuantities(
  line: Pick<ErpOrderWithParts["lines"][number], (typeof quantities)[number][0]>,
  number: Format["number"],
): string {
  return quantities
    .filter(([name]) => line[name] !== 0)
    .map(([name, words]) => `${words} ${number(line[name])}`)
    .join(" · ");
}
