import { createHmac } from "node:crypto";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import { createStore } from "#simulator/store/create-store.ts";

/** A body with its signature, ready to be sent any number of times under ids of its own. */
export type PreparedDelivery = { body: Buffer; headers: Record<string, string> };

/** An order as it is first told of, and as a later update tells of it. */
export type PreparedOrder = { id: string; created: PreparedDelivery; updated: PreparedDelivery };

export type DeliveriesOptions = {
  /** The simulated store the orders are of. */
  orders: number;
  seed: number;
  /** Which of them: `count` orders, beginning with the newest but `skip`. */
  skip: number;
  count: number;
  shop: string;
  secret: string;
};

/** What an update changes besides its time; the ERP shows it. */
export const UPDATED_NOTE = "As the update has it";

/**
 * What the bare server needs to know of a body and our own road reads out of it. Both get this header, so that both get
 * the same bytes.
 */
export const RECORD_HEADER = "x-bench-record";

/** Orders of the simulated store as Shopify's webhooks word them, the newest first: those are the ones there is news of. */
export function makeDeliveries(options: DeliveriesOptions): PreparedOrder[] {
  const collection = createStore(options).collection("orders");
  if (!collection) throw new Error("The simulated store has no orders");
  const newest = collection.count() - 1 - options.skip;
  const updatedAt = new Date().toISOString();
  return Array.from({ length: Math.min(options.count, newest + 1) }, (_, index) => {
    const order = renderRestOrder(collection.at(newest - index));
    const later = { ...order, note: UPDATED_NOTE, updated_at: updatedAt };
    return {
      id: String(order["id"]),
      created: prepare("orders/create", order, options),
      updated: prepare("orders/updated", later, options),
    };
  });
}

function prepare(
  topic: string,
  order: Record<string, unknown>,
  { shop, secret }: DeliveriesOptions,
): PreparedDelivery {
  const body = Buffer.from(JSON.stringify(order));
  const shipped = order["fulfillment_status"];
  const record = {
    id: String(order["id"]),
    shopifyUpdatedAt: new Date(String(order["updated_at"])).toISOString(),
    header: {
      orderNumber: order["name"],
      financialStatus: String(order["financial_status"]).toUpperCase(),
      fulfillmentStatus: typeof shipped === "string" ? shipped.toUpperCase() : "UNFULFILLED",
    },
  };
  return {
    body,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(body.length),
      "User-Agent": "Shopify-Captain-Hook",
      "X-Shopify-Topic": topic,
      "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
      "X-Shopify-Shop-Domain": shop,
      "X-Shopify-API-Version": "2026-10",
      "X-Shopify-Triggered-At": new Date(Date.now()).toISOString(),
      [RECORD_HEADER]: JSON.stringify(record),
    },
  };
}
