import { describe, expect, test } from "vitest";
import { documentedBody, lacking, surplus } from "#simulator/fixtures/documented-body.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { readField, readNodes } from "#simulator/store/read-record.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { renderTopic } from "./render-topic.ts";
import type { Json } from "./rest-values.ts";

const store: SimStore = createStore({ orders: 250, seed: 4 });
const all = (root: string): SimNode[] => {
  const collection = store.collection(root);
  return Array.from({ length: collection?.count() ?? 0 }, (_, n) => collection?.at(n) as SimNode);
};
const orders = all("orders");
const partsOf = (field: string): SimNode[] => orders.flatMap((order) => readNodes(order, field));
const parcels = partsOf("fulfillments");
const levels = all("inventoryItems").flatMap((item) => readNodes(item, "inventoryLevels"));
const [customer, other] = all("customers") as [SimNode, SimNode];

/** What every topic of the app is about. */
const SUBJECTS: Readonly<Record<string, readonly SimNode[]>> = {
  orders,
  refunds: partsOf("refunds"),
  order_transactions: partsOf("transactions"),
  fulfillments: parcels,
  fulfillment_events: parcels.flatMap((parcel) => readNodes(parcel, "events")),
  fulfillment_orders: all("fulfillmentOrders"),
  returns: partsOf("returns"),
  products: all("products"),
  customers: all("customers"),
  inventory_levels: levels,
  inventory_items: all("inventoryItems"),
  locations: all("locations"),
  bulk_operations: [
    {
      __typename: "BulkOperation",
      id: "gid://shopify/BulkOperation/7",
      status: "COMPLETED",
      errorCode: null,
      createdAt: "2026-11-20T10:00:00Z",
      completedAt: "2026-11-20T10:01:00Z",
    },
  ],
  app: [store.shop],
  shop: [store.shop],
};

const ALSO: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "orders/edited": {
    edit: { additions: [{ id: "gid://shopify/LineItem/11", delta: 2 }], removals: [] },
  },
  "fulfillment_events/create": { fulfillment: parcels[0] },
  "fulfillment_orders/moved": { original: all("fulfillmentOrders")[1] },
  "fulfillment_orders/placed_on_hold": { remaining: all("fulfillmentOrders")[2] },
  "fulfillment_orders/split": {
    remaining: all("fulfillmentOrders")[2],
    replacement: all("fulfillmentOrders")[3],
  },
  "fulfillment_orders/cancelled": { replacement: all("fulfillmentOrders")[3] },
  "returns/update": { removals: [{ id: "gid://shopify/ReturnLineItem/5", delta: 1 }] },
  "customers/merge": { deletedId: other.id },
  "customers/data_request": { customer, orders: [orders[0]?.id] },
  "customers/redact": { customer, orders: [orders[0]?.id, orders[1]?.id] },
  "app/scopes_update": { previous: ["read_orders"], current: ["read_orders", "write_orders"] },
};

const OF_THE_SHOP = new Set(["customers/data_request", "customers/redact"]);

function bodiesOf(topic: string): Json[] {
  const subjects = OF_THE_SHOP.has(topic) ? [store.shop] : (SUBJECTS[topic.split("/")[0] ?? ""] ?? []);
  return subjects.map((subject) => JSON.parse(renderTopic({ topic, subject, also: ALSO[topic] })) as Json);
}

function bodyOf(topic: string, subject: SimNode, also?: Readonly<Record<string, unknown>>): Json {
  return JSON.parse(renderTopic({ topic, subject, also })) as Json;
}

const topics = Object.keys(readAppSubscriptions(new URL("../../shopify.app.toml", import.meta.url)));

/** A tip's line bears how it was paid; Shopify's example has no tip. */
const TIP = [".line_items[].tip"];
/** What a body tells beyond Shopify's example of it. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "orders/create": TIP,
  "orders/updated": TIP,
  "orders/paid": TIP,
  "orders/cancelled": TIP,
  "orders/fulfilled": TIP,
  "orders/partially_fulfilled": TIP,
};

describe("the bodies of", () => {
  test.each(topics)("%s have the keys of Shopify's example, of the same kind", (topic) => {
    const bodies = bodiesOf(topic);
    expect(bodies.length).toBeGreaterThan(0);
    const wanted = documentedBody(topic);
    expect([...new Set(bodies.flatMap((body) => lacking(wanted, body, "")))]).toEqual([]);
    const more = new Set(bodies.flatMap((body) => surplus(wanted, body, "")));
    expect([...more].sort()).toEqual(MORE[topic] ?? []);
  });

  test("a topic nobody made a body for are an error that names it", () => {
    expect(() => renderTopic({ topic: "themes/create", subject: store.shop })).toThrow("themes/create");
  });
});

describe("as poor as Shopify is:", () => {
  test("of 130 variants a hundred come in full, and every id", () => {
    const one = readNodes(all("products")[0], "variants")[0] as SimNode;
    const variants = Array.from({ length: 130 }, (_, n): SimNode => ({
      ...one,
      id: `gid://shopify/ProductVariant/${String(n + 1)}`,
    }));
    const body = bodyOf("products/update", { ...(all("products")[0] as SimNode), variants });
    expect(body["variants"]).toHaveLength(100);
    expect((body["variant_gids"] as Json[]).at(-1)).toEqual({
      admin_graphql_api_id: "gid://shopify/ProductVariant/130",
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as unknown,
    });
  });

  test("a variant's prices are padded, its options three columns, its words lower case", () => {
    const product = all("products").find((one) => one["hasOnlyDefaultVariant"] === true) as SimNode;
    const [variant] = readNodes(product, "variants");
    const body = bodyOf("products/update", {
      ...product,
      variants: [{ ...(variant as SimNode), price: "499.5", compareAtPrice: null, inventoryPolicy: "DENY" }],
    });
    expect((body["variants"] as Json[])[0]).toMatchObject({
      price: "499.50",
      compare_at_price: null,
      inventory_policy: "deny",
      option1: "Default Title",
      option2: null,
      option3: null,
    });
  });

  test("a level tells what is available and no other quantity; disconnected it tells none", () => {
    const level = levels[1] as SimNode;
    const [item] = /\d+$/.exec(level.id) ?? [];
    const quantities = level["quantities"] as (args: Record<string, unknown>) => SimNode[];
    const ids = { inventory_item_id: Number(item), location_id: Number(/\d+$/.exec(placeOf(level))?.[0]) };
    expect(bodyOf("inventory_levels/update", level)).toEqual({
      ...ids,
      available: quantities({ names: ["available"] })[0]?.["quantity"],
      updated_at: expect.stringMatching(/\+05:30$/) as unknown,
      admin_graphql_api_id: level.id,
    });
    expect(bodyOf("inventory_levels/disconnect", level)).toEqual(ids);
  });

  test("an edit names lines by number and by how many units", () => {
    const body = bodyOf("orders/edited", orders[0] as SimNode, {
      edit: {
        additions: [{ id: "gid://shopify/LineItem/11", delta: 2 }],
        removals: [{ id: "gid://shopify/LineItem/12", delta: 1 }],
      },
    });
    expect((body["order_edit"] as Json)["line_items"]).toEqual({
      additions: [{ id: 11, delta: 2 }],
      removals: [{ id: 12, delta: 1 }],
    });
  });

  test("a return's line names the parcel's line and the order's, its total counts lines", () => {
    const back = SUBJECTS["returns"]?.[0] as SimNode;
    const body = bodyOf("returns/approve", back);
    const [line] = readNodes(back, "returnLineItems");
    expect(body["total_return_line_items"]).toBe(readNodes(back, "returnLineItems").length);
    expect((body["return_line_items"] as Json[])[0]).toMatchObject({
      admin_graphql_api_id: line?.id,
      fulfillment_line_item: {
        admin_graphql_api_id: readField(line, "fulfillmentLineItem", "id"),
        line_item: { admin_graphql_api_id: readField(line, "fulfillmentLineItem", "lineItem", "id") },
      },
      quantity: line?.["quantity"],
    });
  });

  test("a fulfilment order moved as a whole is its own original", () => {
    const order = all("fulfillmentOrders")[0] as SimNode;
    const place = readField(order, "assignedLocation", "location", "id");
    expect(bodyOf("fulfillment_orders/moved", order, { from: "gid://shopify/Location/1" })).toMatchObject({
      original_fulfillment_order: { id: order.id, assigned_location_id: place },
      moved_fulfillment_order: { id: order.id, assigned_location_id: place },
      destination_location_id: place,
      source_location: { id: "gid://shopify/Location/1" },
    });
  });

  test("a hold stands in its fulfilment order and is told as the one made", () => {
    const hold = {
      __typename: "FulfillmentHold",
      id: "gid://shopify/FulfillmentHold/3",
      reason: "INCORRECT_ADDRESS",
      reasonNotes: null,
      heldByRequestingApp: false,
      handle: null,
      heldByApp: null,
    };
    const order = {
      ...(all("fulfillmentOrders")[0] as SimNode),
      status: "ON_HOLD",
      fulfillmentHolds: [hold],
    };
    const told = {
      id: hold.id,
      reason: "incorrect_address",
      reason_notes: null,
      held_by_requesting_app: false,
      handle: null,
      held_by_app: null,
    };
    expect(bodyOf("fulfillment_orders/placed_on_hold", order)).toMatchObject({
      fulfillment_order: { id: order.id, status: "on_hold", fulfillment_holds: [told] },
      remaining_fulfillment_order: null,
      created_fulfillment_hold: told,
    });
  });

  test("a refund without an order of its own is an error", () => {
    const refund = { ...(SUBJECTS["refunds"]?.[0] as SimNode), order: null };
    expect(() => bodyOf("refunds/create", refund)).toThrow(refund.id);
    expect(bodyOf("refunds/create", refund, { order: orders[0] })).toMatchObject({
      order_id: Number(orders[0]?.id.split("/").at(-1)),
    });
  });
});

function placeOf(level: SimNode): string {
  return readField(level, "location", "id") as string;
}
