import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { errorsOfAnswer } from "#app/shopify/client/graphql-answer.ts";
import { connectionsOf, listsOf, type ParentType } from "./order-connections.ts";
import { orderDetailDocument, orderPageDocument } from "./order-detail-document.ts";
import { connectionOf, readAllPages, type AnswerNode, type Connection } from "./read-all-pages.ts";

/** An order that somebody keeps changing while its pages are read is left for later. */
const TRIES = 3;

const UPDATED_AT = "query OrderUpdatedAt($id: ID!) { node(id: $id) { ... on Order { updatedAt } } }";

/**
 * One order whose lists do not fit into a small page: asked for alone with large ones, and what is still missing page by page,
 * put together into one record. A page that Shopify refuses leaves its list saying that it has more.
 * @param small the order as it came with small pages, gone on from where large ones are too dear
 * @returns null where the order is gone by now
 * @throws SHOPIFY_REFUSED where it changed three times while it was read, and what the client throws
 */
export async function readWholeOrder(
  client: AdminClient,
  { gid, small, scopes }: { gid: string; small: AnswerNode; scopes: readonly string[] },
): Promise<AnswerNode | null> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const order =
      attempt === 1
        ? await readLarge(client, { gid, small, scopes })
        : await readLarge(client, { gid, small: null, scopes });
    if (order === null) return null;
    if ((await completeOrder(client, scopes, "Order", order)) === 0) return order;
    const { data } = await client.graphql<{ node: { updatedAt: string } | null }>(UPDATED_AT, { id: gid });
    if (data.node === null) return null;
    if (data.node.updatedAt === order["updatedAt"]) return order;
  }
  throw new AppError("SHOPIFY_REFUSED", "The order changed again and again while it was read.", {
    retry: true,
    cause: [],
  });
}

async function readLarge(
  client: AdminClient,
  { gid, small, scopes }: { gid: string; small: AnswerNode | null; scopes: readonly string[] },
): Promise<AnswerNode | null> {
  const ask = async (size: "small" | "large") => {
    const { query } = orderDetailDocument(scopes, size);
    const { data } = await client.graphql<{ nodes: (AnswerNode | null)[] }>(query, { ids: [gid] });
    return data.nodes[0] ?? null;
  };
  try {
    return await ask("large");
  } catch (error) {
    if (errorsOfAnswer(error) === null) throw error;
    return small ?? ask("small");
  }
}

/** Completes every list of the record and of what is in it; returns how many pages were asked for. */
async function completeOrder(
  client: AdminClient,
  scopes: readonly string[],
  type: ParentType,
  node: AnswerNode,
): Promise<number> {
  let asked = 0;
  for (const { name, holds } of connectionsOf[type]) {
    const connection = connectionOf(node, name);
    if (connection === null) continue;
    asked += await readAllPages(connection, (after) =>
      askPage(client, orderPageDocument(scopes, type, name), { id: String(node["id"]), after, name }),
    );
    if (holds)
      for (const child of connection.nodes) asked += await completeOrder(client, scopes, holds, child);
  }
  for (const { name, holds } of listsOf[type]) {
    const list = node[name];
    if (!Array.isArray(list)) continue;
    for (const child of list as AnswerNode[]) asked += await completeOrder(client, scopes, holds, child);
  }
  return asked;
}

/** One more page of a connection; null where Shopify refuses it, or the record it belongs to is gone. */
export async function askPage(
  client: AdminClient,
  document: string,
  { id, after, name }: { id: string; after: string; name: string },
): Promise<Connection | null> {
  try {
    const { data } = await client.graphql<{ node: AnswerNode | null }>(document, { id, after });
    return data.node && connectionOf(data.node, name);
  } catch (error) {
    if (errorsOfAnswer(error) === null) throw error;
    return null;
  }
}
