import { describe, expect, test } from "vitest";
import { idFromGid } from "#app/lib/gid.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { DecodedOrder } from "#app/shopify/codecs/order-parts.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { bulkRecords } from "./bulk-records.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import { whatBothTell } from "./what-both-tell.ts";

/** The same orders over both roads: as webhook bodies, and by the app's own bulk queries. */
const store = createStore({ orders: 500, seed: 3 });
const nodes = await bulkRecords(store, "orders");
const fulfillmentOrders = Map.groupBy((await bulkRecords(store, "fulfillment_orders")).values(), (raw) =>
  idFromGid((JSON.parse(raw) as { orderId: string }).orderId),
);
const orders = Array.from({ length: store.collection("orders")?.count() ?? 0 }, (_, index) => {
  const order = store.collection("orders")?.at(index) as SimNode;
  const id = idFromGid(order.id);
  return {
    rest: decodeOrder("rest", JSON.stringify(renderRestOrder(order))),
    bulk: decodeOrder("bulk", nodes.get(id) ?? "{}"),
    fulfillmentOrders: (fulfillmentOrders.get(id) ?? []).map(decodeFulfillmentOrder),
  };
});

const slot = (shape: string, decoded: DecodedOrder, shopifyUpdatedAt = decoded.updatedAt) => ({
  shape,
  shopifyUpdatedAt,
  triggeredAt: null,
  decoded,
});
const later = "2099-01-01T00:00:00Z";

test("one state of an order is told alike by webhook and bulk, in every field both can say", () => {
  expect(orders).toHaveLength(500);
  for (const { rest, bulk } of orders) expect(whatBothTell(rest), bulk.name).toEqual(whatBothTell(bulk));
});

describe("one state of an order is one snapshot", () => {
  const bare = ({ partSources: _, ...snapshot }: OrderSnapshot) => snapshot;

  test("a dump alone knows the lines of every fulfilment, as the webhook tells them", () => {
    let parcels = 0;
    for (const { rest, bulk, fulfillmentOrders: some } of orders) {
      const dump = mergeOrderSlots([slot("bulk", bulk)], some);
      expect(dump.fulfillments.map(linesById), bulk.name).toEqual(rest.fulfillments.map(linesById));
      parcels += dump.fulfillments.length;
    }
    expect(parcels).toBeGreaterThan(300);
  });

  test("dump first or webhook first, and whether or not its fulfilment orders are known", () => {
    for (const { rest, bulk, fulfillmentOrders: some } of orders) {
      const dump = mergeOrderSlots([slot("bulk", bulk)], some);
      const both = mergeOrderSlots([slot("rest", rest), slot("bulk", bulk)], some);
      expect(sorted(bare(both)), bulk.name).toEqual(sorted(bare(dump)));
      const restLast = mergeOrderSlots([slot("bulk", bulk), slot("rest", rest, later)], some);
      // The header is the webhook's: it has fewer words for where fulfilment stands.
      const { fulfillmentStatus } = rest;
      expect(sorted(bare(restLast)), bulk.name).toEqual(sorted({ ...bare(dump), fulfillmentStatus }));
    }
  });
});

function linesById({ id, lines }: DecodedOrder["fulfillments"][number]): unknown {
  return { id, lines: lines?.toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1)) };
}

function sorted<T extends Pick<DecodedOrder, "fulfillments">>(order: T): T {
  return {
    ...order,
    fulfillments: order.fulfillments.map((one) => ({ ...one, ...(linesById(one) as object) })),
  };
}
