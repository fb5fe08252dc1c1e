import { describe, expect, test } from "vitest";
import { documentedBody, lacking, surplus } from "#simulator/fixtures/documented-body.ts";
import { exampleHappenings, recordsOf } from "#simulator/fixtures/example-happenings.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { readField, readNodes } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { renderTopic } from "./render-topic.ts";
import type { Json } from "./rest-values.ts";

const store = createStore({ orders: 250, seed: 4 });
const orders = recordsOf(store, "orders");
const levels = exampleHappenings(store, "inventory_levels/update").map(({ subject }) => subject);

function bodiesOf(topic: string): Json[] {
  return exampleHappenings(store, topic).map((happening) => JSON.parse(renderTopic(happening)) as Json);
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
    const one = readNodes(recordsOf(store, "products")[0], "variants")[0] as SimNode;
    const variants = Array.from({ length: 130 }, (_, n): SimNode => ({
      ...one,
      id: `gid://shopify/ProductVariant/${String(n + 1)}`,
    }));
    const body = bodyOf("products/update", { ...(recordsOf(store, "products")[0] as SimNode), variants });
    expect(body["variants"]).toHaveLength(100);
    expect((body["variant_gids"] as Json[]).at(-1)).toEqual({
      admin_graphql_api_id: "gid://shopify/ProductVariant/130",
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as unknown,
    });
  });

  test("a variant's prices are padded, its options three columns, its words lower case", () => {
    const product = recordsOf(store, "products").find(
      (one) => one["hasOnlyDefaultVariant"] === true,
    ) as SimNode;
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
    const back = exampleHappenings(store, "returns/approve")[0]?.subject as SimNode;
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
    const order = recordsOf(store, "fulfillmentOrders")[0] as SimNode;
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
      ...(recordsOf(store, "fulfillmentOrders")[0] as SimNode),
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
    const refund = { ...(exampleHappenings(store, "refunds/create")[0]?.subject as SimNode), order: null };
    expect(() => bodyOf("refunds/create", refund)).toThrow(refund.id);
    expect(bodyOf("refunds/create", refund, { order: orders[0] })).toMatchObject({
      order_id: Number(orders[0]?.id.split("/").at(-1)),
    });
  });
});

function placeOf(level: SimNode): string {
  return readField(level, "location", "id") as string;
}
