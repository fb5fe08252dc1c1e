import { idFromGid } from "#app/lib/gid.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { SimStore } from "#simulator/store/types.ts";
import { bulkRecords } from "./bulk-records.ts";
import { detailRecords } from "./detail-records.ts";

export type OrderByEachRoad = {
  id: string;
  /** A webhook's body, a node of the app's own bulk query, the answer to its own question. */
  rest: string;
  bulk: string;
  detail: string;
  /** Its fulfilment orders, by bulk. */
  fulfillmentOrders: string[];
};

/** All orders of a store as each road tells them. */
export async function ordersByEachRoad(store: SimStore): Promise<OrderByEachRoad[]> {
  const collection = store.collection("orders");
  if (!collection) throw new Error("The store has no orders");
  const records = Array.from({ length: collection.count() }, (_, index) => collection.at(index));
  const nodes = await bulkRecords(store, "orders");
  const details = await detailRecords(
    store,
    records.map(({ id }) => id),
  );
  const fulfillmentOrders = Map.groupBy((await bulkRecords(store, "fulfillment_orders")).values(), (raw) =>
    idFromGid((JSON.parse(raw) as { orderId: string }).orderId),
  );
  return records.map((record) => {
    const id = idFromGid(record.id);
    return {
      id,
      rest: JSON.stringify(renderRestOrder(record)),
      bulk: nodes.get(id) ?? "{}",
      detail: details.get(record.id) ?? "{}",
      fulfillmentOrders: fulfillmentOrders.get(id) ?? [],
    };
  });
}
