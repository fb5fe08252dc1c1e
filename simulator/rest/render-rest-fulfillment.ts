import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestInnerLine } from "./render-rest-line.ts";
import { afterShopTime, lower, numberOf, type Json } from "./rest-values.ts";

/** REST's `shipment_status` knows these words only; for any other it says null. */
const SHIPMENT_WORDS =
  /^(LABEL_PRINTED|LABEL_PURCHASED|ATTEMPTED_DELIVERY|READY_FOR_PICKUP|CONFIRMED|IN_TRANSIT|OUT_FOR_DELIVERY|DELIVERED|FAILURE)$/;

/** One of an order's `fulfillments`. */
export function renderRestFulfillment(parcel: SimNode): Json {
  const word = shipmentWord(parcel);
  const tracking = readNodes(parcel, "trackingInfo");
  const numbers = tracking.flatMap((one) => readText(one, "number") || []);
  const urls = tracking.flatMap((one) => readText(one, "url") || []);
  return {
    id: numberOf(parcel.id),
    admin_graphql_api_id: parcel.id,
    created_at: afterShopTime(parcel["createdAt"]),
    location_id: numberOf(readField(parcel, "location", "id")),
    name: parcel["name"],
    order_id: numberOf(readField(parcel, "order", "id")),
    origin_address: null,
    receipt: {},
    service: readField(parcel, "service", "handle") ?? null,
    shipment_status: SHIPMENT_WORDS.test(word) ? word.toLowerCase() : null,
    status: lower(parcel["status"]),
    tracking_company: readField(tracking[0], "company") ?? null,
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_url: urls[0] ?? null,
    tracking_urls: urls,
    updated_at: afterShopTime(parcel["updatedAt"]),
    line_items: readNodes(parcel, "fulfillmentLineItems").map((one) =>
      renderRestInnerLine(readField(one, "lineItem") as SimNode, one["quantity"] as number),
    ),
  };
}

/** The body of fulfillment_events/create. The record does not tell its shop: `shop_id` is null. */
export function renderRestEvent(event: SimNode, parcel: SimNode | null, order: SimNode | null): Json {
  return {
    id: numberOf(event.id),
    fulfillment_id: numberOf(parcel?.id),
    status: lower(event["status"]),
    message: event["message"],
    happened_at: afterShopTime(event["happenedAt"]),
    city: event["city"],
    province: event["province"],
    country: event["country"],
    zip: event["zip"],
    address1: event["address1"],
    latitude: event["latitude"],
    longitude: event["longitude"],
    shop_id: null,
    created_at: afterShopTime(event["createdAt"]),
    updated_at: afterShopTime(event["createdAt"]),
    estimated_delivery_at: afterShopTime(event["estimatedDeliveryAt"]),
    order_id: numberOf(order?.id),
    admin_graphql_api_id: event.id,
  };
}

/** A cancelled parcel keeps the courier's last word here, where GraphQL's `displayStatus` says CANCELED. */
function shipmentWord(parcel: SimNode): string {
  const shown = readText(parcel, "displayStatus");
  return shown === "CANCELED" ? readText(readNodes(parcel, "events").at(-1), "status") : shown;
}
