import { exactId, idOfGid, recordId } from "./record-ids.ts";
import { readTimestamp } from "./read-timestamp.ts";

/** Records that can be asked for by an id that news names; fulfilment orders and returns lead to their order. */
export type NamedKind = "order" | "product" | "customer" | "inventory" | "fulfillment_order" | "return";

/** What a delivery that is no entire record asks of us. */
export type News =
  /** Something happened to the record: Shopify knows what. A deletion is confirmed by its being gone. */
  | { asks: "fetch"; kind: NamedKind; id: string }
  | { asks: "merge"; keptId: string; goneId: string }
  | { asks: "item"; itemId: string; isGone: boolean }
  | { asks: "location"; location: NamedLocation }
  | { asks: "uninstall" }
  | { asks: "scopes" }
  | { asks: "privacy" }
  /** Known, but nothing follows from it (the record comes by another topic too). */
  | { asks: "nothing" };

export type NamedLocation = {
  id: string;
  name: string | null;
  isActive: boolean;
  isGone: boolean;
  updatedAt: string | null;
};

type Json = Readonly<Record<string, unknown>>;

/**
 * The news in a body that is only an id or a piece of a record (Shopify's webhook reference for 2026-10), or the path of what
 * it lacks. What the piece says is not taken from it: the record is fetched, so that every road tells the same.
 * @returns null for a topic that brings no news
 */
export function readNews(topic: string, body: Json): News | { problem: string } | null {
  const [family = "", act = ""] = topic.split("/");
  switch (family) {
    case "orders":
      return act === "edited"
        ? fetchOf("order", exactId(objectAt(body, "order_edit")["order_id"]), "order_edit.order_id")
        : fetchOf("order", recordId(body, "Order"), "id");
    case "refunds":
    case "order_transactions":
    case "fulfillments":
    case "fulfillment_events":
      return fetchOf("order", exactId(body["order_id"]), "order_id");
    case "returns":
      return readReturn(body);
    case "fulfillment_orders":
      return readFulfillmentOrder(body);
    case "products":
      return fetchOf("product", recordId(body, "Product"), "id");
    case "customers":
      return readCustomer(act, body);
    case "inventory_levels":
      return readDisconnection(body);
    case "inventory_items": {
      const itemId = recordId(body, "InventoryItem");
      return itemId === null ? without("id") : { asks: "item", itemId, isGone: act === "delete" };
    }
    case "locations":
      return readLocation(act, body);
    case "app":
      return { asks: act === "uninstalled" ? "uninstall" : "scopes" };
    case "shop":
      return { asks: "privacy" };
    default:
      return null;
  }
}

const without = (path: string) => ({ problem: `There is no exact id at "${path}"` });

function fetchOf(kind: NamedKind, id: string | null, path: string): News | { problem: string } {
  return id === null ? without(path) : { asks: "fetch", kind, id };
}

function readReturn(body: Json): News | { problem: string } {
  const order = objectAt(body, "order");
  const orderId = idOfGid(order["admin_graphql_api_id"], "Order") ?? exactId(order["id"] ?? body["order_id"]);
  if (orderId !== null) return { asks: "fetch", kind: "order", id: orderId };
  const id = recordId(body, "Return");
  // returns/process is documented as an empty body: the order's own topics tell the rest.
  return id === null && Object.keys(body).length === 0 ? { asks: "nothing" } : fetchOf("return", id, "id");
}

/** The bodies differ by act; each names at least one fulfilment order of the order, and one leads to it. */
function readFulfillmentOrder(body: Json): News | { problem: string } {
  const places = [body, objectAt(body, "fulfillment_order_merges")];
  for (const place of places)
    for (const value of Object.values(place)) {
      const gid = typeof value === "object" && value !== null ? (value as Json)["id"] : undefined;
      const id = idOfGid(gid, "FulfillmentOrder");
      if (id !== null) return { asks: "fetch", kind: "fulfillment_order", id };
    }
  return without("fulfillment_order.id");
}

function readCustomer(act: string, body: Json): News | { problem: string } {
  if (act === "data_request" || act === "redact") return { asks: "privacy" };
  if (act !== "merge") return fetchOf("customer", recordId(body, "Customer"), "id");
  if (body["status"] === "failed") return { asks: "nothing" };
  const keptId = idOfGid(body["admin_graphql_api_customer_kept_id"], "Customer");
  const goneId = idOfGid(body["admin_graphql_api_customer_deleted_id"], "Customer");
  if (keptId === null) return without("admin_graphql_api_customer_kept_id");
  if (goneId === null) return without("admin_graphql_api_customer_deleted_id");
  return { asks: "merge", keptId, goneId };
}

function readDisconnection(body: Json): News | { problem: string } {
  const itemId = exactId(body["inventory_item_id"]);
  const locationId = exactId(body["location_id"]);
  if (itemId === null) return without("inventory_item_id");
  if (locationId === null) return without("location_id");
  // It bears no time of Shopify's that could be compared with the level's: what stands is asked for.
  return { asks: "fetch", kind: "inventory", id: `${itemId}@${locationId}` };
}

function readLocation(act: string, body: Json): News | { problem: string } {
  const id = recordId(body, "Location");
  if (id === null) return without("id");
  const name = body["name"];
  return {
    asks: "location",
    location: {
      id,
      name: typeof name === "string" && !name.includes("\0") ? name : null,
      isActive: act !== "delete" && body["active"] !== false,
      isGone: act === "delete",
      updatedAt: readTimestamp(body["updated_at"]),
    },
  };
}

function objectAt(body: Json, key: string): Json {
  const value = body[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
