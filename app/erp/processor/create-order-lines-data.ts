import { AppError } from "#app/lib/errors.ts";
import { addPairs, fromMinor, ZERO } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { OrderLineRow } from "#app/erp/orders/order-rows.ts";
import { lineTotal } from "./build-order-charges.ts";
import type { LineState } from "./determine-line-quantities.ts";
import type { LineTracking } from "./extract-order-tracking-info.ts";

/** The SKU of a line's variant, or undefined when the catalogue has none. */
export type FindSku = (line: OrderLinePart) => string | undefined;

/**
 * The ERP lines of an order, every one of them (no line is ever dropped). A line without a variant (custom item, deleted
 * product) keeps its SKU text as a snapshot and has no SKU.
 * @throws AppError SKU_NOT_FOUND naming every line whose variant the catalogue does not know, not just the first.
 */
export function createOrderLinesData(
  shop: string,
  order: OrderSnapshot,
  findSku: FindSku,
  states: ReadonlyMap<string, LineState>,
  tracking: ReadonlyMap<string, LineTracking>,
): OrderLineRow[] {
  const missing: string[] = [];
  const exchanges = exchangesOf(order);
  const rows = order.lines.map((line, position): OrderLineRow => {
    const skuId = line.variantId === null ? undefined : findSku(line);
    if (line.variantId !== null && skuId === undefined)
      missing.push(line.sku ?? `variant ${line.variantId} (${line.title})`);
    const state = states.get(line.id);
    if (!state) throw new TypeError(`line ${line.id} has no state`);
    const net = lineTotal(line).shop;
    const sent = tracking.get(line.id);
    return {
      shop,
      shopifyOrderId: order.id,
      shopifyLineId: line.id,
      position,
      skuId: skuId ?? null,
      skuCode: line.sku,
      title: line.title,
      variantTitle: line.variantTitle,
      shopifyVariantId: line.variantId,
      shopifyProductId: line.productId,
      qty: line.qty,
      unitPrice: fromMinor(
        line.qty === 0 ? line.originalUnitPrice.shop : Math.round(net / line.qty),
        order.currency,
      ),
      lineTotal: fromMinor(net, order.currency),
      discountAmount: fromMinor(line.originalUnitPrice.shop * line.qty - net, order.currency),
      taxAmount: fromMinor(
        line.taxLines.reduce((sum, tax) => addPairs(sum, tax.amount), ZERO).shop,
        order.currency,
      ),
      ...state,
      awbNumber: sent?.awbNumber ?? null,
      courier: sent?.courier ?? null,
      requiresShipping: line.requiresShipping,
      isGiftCard: line.isGiftCard,
      lineItemGroupId: line.lineItemGroupId,
      exchangeReturnId: exchanges?.get(line.id) ?? null,
      attributes: JSON.stringify(line.attributes),
    };
  });
  if (missing.length > 0)
    throw new AppError("SKU_NOT_FOUND", `SKU not found: ${[...new Set(missing)].join(", ")}`);
  return rows;
}

/** Line id → the return it was sent in exchange for; undefined for the many orders without one. */
function exchangesOf({ returns }: OrderSnapshot): Map<string, string> | undefined {
  if (!returns?.some(({ exchangeLineIds }) => exchangeLineIds && exchangeLineIds.length > 0))
    return undefined;
  return new Map(
    returns.flatMap(({ id, exchangeLineIds }) =>
      (exchangeLineIds ?? []).map((lineId) => [lineId, id] as const),
    ),
  );
}
