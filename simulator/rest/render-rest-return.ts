import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { lower, numberOf, renderBag, type Json } from "./rest-values.ts";

/**
 * The body of returns/{what}. Shopify's examples show empty lists; a line's shape is that of recorded deliveries.
 * Of returns/process Shopify documents an empty object; other apps find the whole return in it, so it is here as in
 * returns/approve.
 */
export function renderRestReturn(what: string, back: SimNode, order: SimNode | null, removals: Json[]): Json {
  const ids = { id: numberOf(back.id), admin_graphql_api_id: back.id };
  const status = lower(back["status"]);
  const orderIds = { id: numberOf(order?.id), admin_graphql_api_id: order?.id ?? null };
  switch (what) {
    case "decline":
      return {
        ...ids,
        status,
        order: orderIds,
        decline: {
          reason: lower(readField(back, "decline", "reason")),
          note: readField(back, "decline", "note") ?? null,
        },
      };
    case "update":
      // Only what left the return, never what is still in it.
      return {
        admin_graphql_api_id: back.id,
        return_line_items: { removals },
        restocking_fees: { updates: [], removals: [] },
        return_shipping_fees: { updates: [], removals: [] },
      };
    case "cancel":
    case "close":
    case "reopen":
      return { ...ids, order_id: orderIds.id, status };
    default:
      return { ...ids, status, order: orderIds, ...contentsOf(back) };
  }
}

function contentsOf(back: SimNode): Json {
  const lines = readNodes(back, "returnLineItems");
  const exchanges = readNodes(back, "exchangeLineItems");
  return {
    // Lines, not units.
    total_return_line_items: lines.length,
    name: back["name"],
    return_line_items: lines.map((one) => ({
      id: numberOf(one.id),
      admin_graphql_api_id: one.id,
      fulfillment_line_item: {
        ...idsOf(readText(one, "fulfillmentLineItem", "id")),
        line_item: idsOf(readText(one, "fulfillmentLineItem", "lineItem", "id")),
      },
      quantity: one["quantity"],
      return_reason: lower(one["returnReason"]),
      return_reason_note: one["returnReasonNote"],
      customer_note: one["customerNote"],
    })),
    return_shipping_fees: readNodes(back, "returnShippingFees").map((fee) => ({
      id: numberOf(fee.id),
      admin_graphql_api_id: fee.id,
      price: renderBag(fee["amountSet"]),
    })),
    exchange_line_items: exchanges.map((one) => ({
      id: numberOf(one.id),
      admin_graphql_api_id: one.id,
      line_item: readText(one, "lineItem", "id") === "" ? null : idsOf(readText(one, "lineItem", "id")),
    })),
    total_exchange_line_items: exchanges.length,
  };
}

function idsOf(gid: string): Json {
  return { id: numberOf(gid), admin_graphql_api_id: gid === "" ? null : gid };
}
