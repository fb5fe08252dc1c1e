import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestInnerLine, renderRestShippingLine } from "./render-rest-line.ts";
import { renderRestTransaction } from "./render-rest-transaction.ts";
import { afterShopTime, lower, numberOf, renderBag, renderSet, sumBags, type Json } from "./rest-values.ts";

/**
 * One of an order's `refunds`. Money that moved is in `transactions` only, which have one amount each, in the
 * customer's currency, and no `amount_set`. Since 2024-10 shipping given back is in `refund_shipping_lines` only, which
 * do not tell its tax, and order adjustments are differences only, without `kind` (Shopify's changelog "Exposing the
 * order adjustments connection on a Refund"; REST reference, Refund).
 */
export function renderRestRefund(order: SimNode, refund: SimNode): Json {
  const lines = readNodes(refund, "refundLineItems");
  const duties = readNodes(refund, "duties");
  const back = readField(refund, "return") ?? null;
  return {
    id: numberOf(refund.id),
    admin_graphql_api_id: refund.id,
    created_at: afterShopTime(refund["createdAt"]),
    note: refund["note"],
    order_id: numberOf(order.id),
    processed_at: afterShopTime(refund["processedAt"]),
    restock: lines.some((line) => line["restocked"] === true),
    total_duties_set: renderBag(
      sumBags(
        order,
        duties.map((duty) => duty["amountSet"]),
      ),
    ),
    user_id: null,
    order_adjustments: readNodes(refund, "orderAdjustments").map((one) => ({
      id: numberOf(one.id),
      ...renderSet("amount", one["amountSet"]),
      order_id: numberOf(order.id),
      reason: "Refund discrepancy",
      refund_id: numberOf(refund.id),
      ...renderSet("tax_amount", one["taxAmountSet"]),
    })),
    transactions: readNodes(refund, "transactions").map((one) => renderRestTransaction(order, one)),
    refund_line_items: lines.map(renderRefundLine),
    duties: duties.map((duty) => ({
      duty_id: numberOf(readField(duty, "originalDuty", "id")),
      amount_set: renderBag(duty["amountSet"]),
    })),
    refund_shipping_lines: readNodes(refund, "refundShippingLines").map((one) => ({
      id: numberOf(one.id),
      shipping_line_id: numberOf(readField(one, "shippingLine", "id")),
      subtotal_amount_set: renderBag(one["subtotalAmountSet"]),
      shipping_line: renderRestShippingLine(readField(one, "shippingLine") as SimNode),
    })),
    return:
      back === null
        ? null
        : { id: numberOf(readField(back, "id")), admin_graphql_api_id: readField(back, "id") },
  };
}

function renderRefundLine(one: SimNode): Json {
  const line = readField(one, "lineItem") as SimNode;
  return {
    id: numberOf(one.id),
    line_item_id: numberOf(line.id),
    location_id: numberOf(readField(one, "location", "id")),
    quantity: one["quantity"],
    restock_type: lower(one["restockType"]),
    // Two of the few amounts that Shopify writes as numbers.
    subtotal: Number(readText(one, "subtotalSet", "shopMoney", "amount")),
    subtotal_set: renderBag(one["subtotalSet"]),
    total_tax: Number(readText(one, "totalTaxSet", "shopMoney", "amount")),
    total_tax_set: renderBag(one["totalTaxSet"]),
    line_item: renderRestInnerLine(line, line["quantity"] as number),
  };
}
