import { readField, readNodes, readText } from "#simulator/store/fixtures/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { afterShopTime, decimals, lower, numberOf, type Json } from "./render-rest-values.ts";

/** REST's `shipment_status` knows these words only; for any other it says null. */
const SHIPMENT_WORDS =
  /^(LABEL_PRINTED|LABEL_PURCHASED|ATTEMPTED_DELIVERY|READY_FOR_PICKUP|CONFIRMED|IN_TRANSIT|OUT_FOR_DELIVERY|DELIVERED|FAILURE)$/;

export function renderRestFulfillment(parcel: SimNode): Json {
  const word = readText(parcel, "displayStatus");
  const tracking = readNodes(parcel, "trackingInfo");
  const numbers = tracking.flatMap((one) => readText(one, "number") || []);
  const urls = tracking.flatMap((one) => readText(one, "url") || []);
  return {
    id: numberOf(parcel.id),
    admin_graphql_api_id: parcel.id,
    created_at: afterShopTime(parcel["createdAt"]),
    location_id: numberOf(readField(parcel, "location", "id")),
    name: parcel["name"],
    shipment_status: SHIPMENT_WORDS.test(word) ? word.toLowerCase() : null,
    status: lower(parcel["status"]),
    tracking_company: readField(tracking[0], "company") ?? null,
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_url: urls[0] ?? null,
    tracking_urls: urls,
    line_items: readNodes(parcel, "fulfillmentLineItems").map((one) => ({
      id: numberOf(readField(one, "lineItem", "id")),
      admin_graphql_api_id: readField(one, "lineItem", "id"),
      quantity: one["quantity"],
    })),
  };
}

/** Its transactions have one amount each, in the customer's currency, and no `amount_set`. */
export function renderRestRefund(refund: SimNode): Json {
  return {
    id: numberOf(refund.id),
    admin_graphql_api_id: refund.id,
    created_at: afterShopTime(refund["createdAt"]),
    note: refund["note"],
    refund_line_items: [],
    transactions: readNodes(refund, "transactions").map((one) => ({
      id: numberOf(one.id),
      admin_graphql_api_id: one.id,
      amount: decimals(readField(one, "amountSet", "presentmentMoney")),
      currency: readField(one, "amountSet", "presentmentMoney", "currencyCode"),
      gateway: one["gateway"],
      kind: lower(one["kind"]),
      status: lower(one["status"]),
    })),
  };
}
