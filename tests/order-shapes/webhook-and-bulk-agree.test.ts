import { expect, test } from "vitest";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { bulkRecords } from "./bulk-orders.ts";
import { renderRestOrder } from "./render-rest-order.ts";
import { whatBothTell } from "./what-both-tell.ts";

const store = createStore({ orders: 600, seed: 3 });
const nodes = await bulkRecords(store, "orders");
const root = store.collection("orders");
const pairs = Array.from({ length: root?.count() ?? 0 }, (_, index) => {
  const order = root?.at(index) as SimNode;
  const id = order.id.slice(order.id.lastIndexOf("/") + 1);
  return {
    rest: decodeOrder("rest", JSON.stringify(renderRestOrder(order))),
    bulk: decodeOrder("bulk", nodes.get(id) ?? "{}"),
  };
});

test("one state of an order is told alike by webhook and bulk, in every field both can say", () => {
  for (const { rest, bulk } of pairs) expect(whatBothTell(rest), bulk.name).toEqual(whatBothTell(bulk));
});
