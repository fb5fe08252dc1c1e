import { orderDetailDocument } from "#app/shopify/details/order-detail-document.ts";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";
import type { SimStore } from "#simulator/store/types.ts";
import { ALL_SCOPES } from "./bulk-records.ts";

type Answer = { data?: { nodes: ({ id: string } | null)[] } | null; errors?: unknown };

/** Orders fetched by themselves with the app's own document, as the simulated store answers it: gid → the node's text. */
export async function detailRecords(store: SimStore, gids: readonly string[]): Promise<Map<string, string>> {
  const { query } = orderDetailDocument(ALL_SCOPES);
  const texts = new Map<string, string>();
  for (let at = 0; at < gids.length; at += 25) {
    const answer = (await runGraphQL(store, query, {
      variables: { ids: gids.slice(at, at + 25) },
      scopes: ALL_SCOPES,
      now: new Date(),
    })) as Answer;
    if (!answer.data) throw new Error(JSON.stringify(answer.errors));
    for (const node of answer.data.nodes) if (node) texts.set(node.id, JSON.stringify(node));
  }
  return texts;
}
