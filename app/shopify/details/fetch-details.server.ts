import { toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askInBatches, type FailedDetail } from "./ask-in-batches.server.ts";
import { customerDetailDocument } from "./customer-detail-document.ts";
import { inventoryDetailDocument, inventoryPageDocument } from "./inventory-detail-document.ts";
import { orderDetailDocument } from "./order-detail-document.ts";
import { productDetailDocument, productPageDocument } from "./product-detail-document.ts";
import { connectionOf, hasMore, readAllPages, textOf, type AnswerNode } from "./read-all-pages.ts";
import { readLevel } from "./read-level.ts";
import { askPage, readWholeOrder } from "./read-whole-order.server.ts";

/** Kinds of records that can be asked for by their ids. */
export type DetailKind = "order" | "product" | "customer" | "inventory";

/** One record as Shopify answered, ready for the cache. */
export type FetchedDetail = {
  /** As the cache knows it; of a stock level `{item}@{location}`. */
  id: string;
  /** JSON text. */
  raw: string;
  shopifyUpdatedAt: string | null;
  /** Values of the kind's header columns in the cache. */
  header: Record<string, string | null>;
};

export type FetchedDetails = {
  found: FetchedDetail[];
  /** Ids that Shopify has no record of. */
  gone: string[];
  failed: FailedDetail[];
};

type Kind = {
  type: string;
  /** How many ids a request asks for: the answers are of one to three hundred kilobytes. */
  size: number;
  document: (scopes: readonly string[]) => string;
  read: (
    client: AdminClient,
    asked: { id: string; gid: string; node: AnswerNode; scopes: readonly string[] },
  ) => Promise<FetchedDetail[] | null>;
};

const kinds: Record<DetailKind, Kind> = {
  order: {
    type: "Order",
    size: 25,
    document: (scopes) => orderDetailDocument(scopes, "small").query,
    async read(client, { id, gid, node, scopes }) {
      const whole = hasMore(node) ? await readWholeOrder(client, { gid, small: node, scopes }) : node;
      if (whole === null) return null;
      const header = {
        orderNumber: text(whole["name"]),
        financialStatus: text(whole["displayFinancialStatus"]),
        fulfillmentStatus: text(whole["displayFulfillmentStatus"]),
      };
      return [{ id, raw: textOf(whole), shopifyUpdatedAt: text(whole["updatedAt"]), header }];
    },
  },
  product: {
    type: "Product",
    size: 25,
    document: () => productDetailDocument,
    async read(client, { id, gid, node }) {
      await readPages(client, { gid, node, name: "variants", document: productPageDocument });
      const header = { title: text(node["title"]), handle: text(node["handle"]) };
      return [{ id, raw: textOf(node), shopifyUpdatedAt: text(node["updatedAt"]), header }];
    },
  },
  customer: {
    type: "Customer",
    size: 50,
    document: () => customerDetailDocument,
    read: (_client, { id, node }) =>
      Promise.resolve([{ id, raw: textOf(node), shopifyUpdatedAt: text(node["updatedAt"]), header: {} }]),
  },
  inventory: {
    type: "InventoryItem",
    size: 50,
    document: () => inventoryDetailDocument,
    async read(client, { gid, node }) {
      await readPages(client, { gid, node, name: "inventoryLevels", document: inventoryPageDocument });
      return (connectionOf(node, "inventoryLevels")?.nodes ?? []).map(readLevel);
    },
  },
};

/**
 * Asks Shopify for records by their ids, each whole: lists are paged to their end. Stock is asked for by inventory item (`ids`
 * are those) and answered level by level.
 * @param scopes granted; fields of others are left out
 * @throws AppError where Shopify cannot be asked at all (SHOPIFY_UNREACHABLE, TOKEN_REFUSED, RATE_LIMITED, a frozen store); an
 *   id that is refused by itself is in `failed`
 */
export async function fetchDetails(
  client: AdminClient,
  {
    kind,
    ids,
    scopes,
    signal,
  }: {
    kind: DetailKind;
    ids: readonly string[];
    scopes: readonly string[];
    signal?: AbortSignal | undefined;
  },
): Promise<FetchedDetails> {
  const { type, size, document, read } = kinds[kind];
  const query = document(scopes);
  const nodes: { id: string; gid: string; node: AnswerNode }[] = [];
  const result: FetchedDetails = { found: [], gone: [], failed: [] };
  const ask = async (batch: readonly string[]) => {
    const gids = batch.map((id) => toGid(type, id));
    const { data } = await client.graphql<{ nodes: (AnswerNode | null)[] }>(query, { ids: gids });
    for (const [index, id] of batch.entries()) {
      const node = data.nodes[index];
      if (node) nodes.push({ id, gid: gids[index] ?? "", node });
      else result.gone.push(id);
    }
  };
  result.failed = await askInBatches([...new Set(ids)], { size, signal, ask });
  const byId = new Map(nodes.map((one) => [one.id, one]));
  const more = await askInBatches([...byId.keys()], {
    ...{ size: 1, signal },
    async ask([id]) {
      const one = id === undefined ? undefined : byId.get(id);
      if (!one) return;
      const found = await read(client, { ...one, scopes });
      if (found) result.found.push(...found);
      else result.gone.push(one.id);
    },
  });
  result.failed.push(...more);
  return result;
}

async function readPages(
  client: AdminClient,
  { gid, node, name, document }: { gid: string; node: AnswerNode; name: string; document: string },
): Promise<void> {
  const connection = connectionOf(node, name);
  if (connection)
    await readAllPages(connection, (after) => askPage(client, document, { id: gid, after, name }));
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
