import { readField, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { renderRestAddress } from "./render-rest-address.ts";
import { renderRestCustomer } from "./render-rest-customer.ts";
import { renderRestEvent, renderRestFulfillment } from "./render-rest-fulfillment.ts";
import { renderRestFulfillmentOrder } from "./render-rest-fulfillment-order.ts";
import { renderCompliance, renderScopesUpdate } from "./render-rest-notice.ts";
import { renderRestEdit, renderRestOrder } from "./render-rest-order.ts";
import { renderRestProduct } from "./render-rest-product.ts";
import { renderRestRefund } from "./render-rest-refund.ts";
import { renderRestReturn } from "./render-rest-return.ts";
import { renderRestShop } from "./render-rest-shop.ts";
import {
  renderRestDeletedItem,
  renderRestInventoryItem,
  renderRestLevel,
  renderRestLevelKey,
  renderRestLocation,
} from "./render-rest-stock.ts";
import { renderRestTransaction } from "./render-rest-transaction.ts";
import { lower, numberOf, type Json } from "./rest-values.ts";

/**
 * A webhook's body as Shopify sends it at API version 2026-10: REST's snake_case, number ids, padded amounts, the
 * shop's time offset, and no more than Shopify tells (shapes after Shopify's documentation example of each topic).
 * @throws Error for a topic that is not simulated, and for a part (a refund, a parcel …) without its order.
 */
export function renderTopic(happening: Happening): string {
  // A field that a record lacks is null in REST, never absent.
  return JSON.stringify(renderBody(happening), (_key, value: unknown) =>
    value === undefined ? null : value,
  );
}

function renderBody({ topic, subject, also = {} }: Happening): Json {
  const [group = "", what = ""] = topic.split("/");
  const node = (name: string): SimNode | null => nodeOf(also[name]);
  switch (group) {
    case "orders":
      if (what === "delete") return { id: numberOf(subject.id) };
      return what === "edited" ? renderRestEdit(subject, also["edit"]) : renderRestOrder(subject);
    case "refunds":
      return renderRestRefund(orderOf(topic, subject, also), subject);
    case "order_transactions":
      return {
        ...renderRestTransaction(orderOf(topic, subject, also), subject),
        // The store knows no cards.
        payment_details: null,
      };
    case "fulfillments": {
      const order = orderOf(topic, subject, also);
      return {
        ...renderRestFulfillment(subject),
        email: order["email"] ?? null,
        destination: renderRestAddress(readField(order, "shippingAddress")),
      };
    }
    case "fulfillment_events": {
      const parcel = node("fulfillment");
      return renderRestEvent(subject, parcel, node("order") ?? nodeOf(readField(parcel, "order")));
    }
    case "fulfillment_orders":
      return renderRestFulfillmentOrder(what, subject, {
        remaining: node("remaining"),
        replacement: node("replacement"),
        original: node("original"),
        from: typeof also["from"] === "string" ? also["from"] : null,
        lines: (also["lines"] as { id: string; quantity: number }[] | undefined) ?? null,
      });
    case "returns":
      return renderRestReturn(
        what,
        subject,
        node("order") ?? nodeOf(readField(subject, "order")),
        ((also["removals"] ?? []) as { id: string; delta: number }[]).map(({ id, delta }) => ({
          admin_graphql_api_id: id,
          delta,
        })),
      );
    case "products":
      return what === "delete" ? { id: numberOf(subject.id) } : renderRestProduct(subject);
    case "inventory_levels":
      return what === "disconnect" ? renderRestLevelKey(subject) : renderRestLevel(subject);
    case "inventory_items":
      return what === "delete" ? renderRestDeletedItem(subject) : renderRestInventoryItem(subject);
    case "locations":
      return what === "delete" ? { id: numberOf(subject.id) } : renderRestLocation(subject);
    case "bulk_operations":
      // Lower-case words; neither url nor counts.
      return {
        admin_graphql_api_id: subject.id,
        completed_at: subject["completedAt"],
        created_at: subject["createdAt"],
        error_code: lower(subject["errorCode"]),
        status: lower(subject["status"]),
        type: "query",
      };
    default:
      return renderOfPeople(topic, subject, also);
  }
}

function renderOfPeople(topic: string, subject: SimNode, also: Readonly<Record<string, unknown>>): Json {
  switch (topic) {
    case "customers/create":
    case "customers/update":
      return renderRestCustomer(subject);
    case "customers/delete":
      return { id: numberOf(subject.id), tax_exemptions: [], admin_graphql_api_id: subject.id };
    case "customers/merge":
      return {
        admin_graphql_api_customer_kept_id: subject.id,
        admin_graphql_api_customer_deleted_id: also["deletedId"],
        admin_graphql_api_job_id: null,
        status: "completed",
        errors: [],
      };
    case "customers/data_request":
    case "customers/redact":
    case "shop/redact":
      return renderCompliance(topic, subject, nodeOf(also["customer"]), (also["orders"] ?? []) as string[]);
    case "app/uninstalled":
      return renderRestShop(subject);
    case "app/scopes_update":
      return renderScopesUpdate(subject, also);
    default:
      throw new Error(`The body of ${topic} is not simulated yet: simulator/rest/render-topic.ts.`);
  }
}

function orderOf(topic: string, part: SimNode, also: Readonly<Record<string, unknown>>): SimNode {
  const order = nodeOf(also["order"]) ?? nodeOf(readField(part, "order"));
  if (order === null) throw new Error(`${topic} needs the order that ${part.id} belongs to.`);
  return order;
}

function nodeOf(value: unknown): SimNode | null {
  const made = readField(value as SimValue);
  return readText(made, "id") === "" ? null : (made as SimNode);
}
