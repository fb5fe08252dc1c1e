import { idFromGid, toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askInBatches, type FailedDetail } from "./ask-in-batches.server.ts";

/** Records that only lead to an order. */
export type PartKind = "fulfillment_order" | "return";

const TYPES: Record<PartKind, { type: string; selection: string }> = {
  fulfillment_order: { type: "FulfillmentOrder", selection: "orderId" },
  return: { type: "Return", selection: "order { id }" },
};

/** Which orders fulfilment orders or returns belong to: id → order id, null where there is no such record. */
export async function fetchOrdersOfParts(
  client: AdminClient,
  { kind, ids, signal }: { kind: PartKind; ids: readonly string[]; signal?: AbortSignal | undefined },
): Promise<{ orders: Map<string, string | null>; failed: FailedDetail[] }> {
  const { type, selection } = TYPES[kind];
  const document = `query OrderOf${type}($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { id ${selection} } } }`;
  const orders = new Map<string, string | null>();
  const failed = await askInBatches(ids, {
    ...{ size: 100, signal },
    async ask(batch) {
      type Answer = { nodes: ({ orderId?: string; order?: { id: string } } | null)[] };
      const gids = batch.map((id) => toGid(type, id));
      const { data } = await client.graphql<Answer>(document, { ids: gids });
      for (const [index, id] of batch.entries()) {
        const node = data.nodes[index];
        const order = node?.orderId ?? node?.order?.id;
        orders.set(id, order === undefined ? null : idFromGid(order));
      }
    },
  });
  return { orders, failed };
}
