import { idFromGid, toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askInBatches, type FailedDetail } from "./ask-in-batches.server.ts";

const DOCUMENT =
  "query OrderOfFulfillmentOrder($ids: [ID!]!) { nodes(ids: $ids) { ... on FulfillmentOrder { id orderId } } }";

/** Which orders fulfilment orders belong to: id → order id, null where there is no such fulfilment order. */
export async function fetchOrdersOfFulfillmentOrders(
  client: AdminClient,
  { ids, signal }: { ids: readonly string[]; signal?: AbortSignal | undefined },
): Promise<{ orders: Map<string, string | null>; failed: FailedDetail[] }> {
  const orders = new Map<string, string | null>();
  const failed = await askInBatches(ids, {
    ...{ size: 100, signal },
    async ask(batch) {
      type Answer = { nodes: ({ orderId?: string } | null)[] };
      const gids = batch.map((id) => toGid("FulfillmentOrder", id));
      const { data } = await client.graphql<Answer>(DOCUMENT, { ids: gids });
      for (const [index, id] of batch.entries()) {
        const order = data.nodes[index]?.orderId;
        orders.set(id, order === undefined ? null : idFromGid(order));
      }
    },
  });
  return { orders, failed };
}
