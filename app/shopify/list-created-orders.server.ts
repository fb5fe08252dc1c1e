import { AppError } from "#app/lib/errors.ts";
import { idFromGid } from "#app/lib/gid.ts";

import type { AdminClient } from "./client/admin-client.server.ts";
import type { GraphqlExtensions } from "./client/graphql-answer.ts";
import { ignoredSearch } from "./client/ignored-search.ts";

/** Beyond this many orders, pages would keep a person waiting and use up the shop's rate limit. */
export const MOST_LISTED_ORDERS = 10_000;

/** An order as Shopify lists it: its number (`#1001`), its current total in the shop's currency, a decimal as Shopify wrote it. */
export type ListedOrder = { id: string; number: string; test: boolean; total: string; currency: string };

export type CreatedOrders =
  | { kind: "listed"; orders: ListedOrder[] }
  /** More than `MOST_LISTED_ORDERS`: only counted, test orders left out. */
  | { kind: "counted"; orders: number }
  /** Listed twice, and both times not as many as Shopify counts. */
  | { kind: "disagrees"; counted: number; listed: number };

// Shopify stops counting at 10,000 unless `limit` is null (Shopify's docs, ordersCount).
const COUNT = `query CountCreatedOrders($created: String!, $real: String!) {
  all: ordersCount(query: $created, limit: null) { count }
  real: ordersCount(query: $real, limit: null) { count }
}`;
const PAGE = `query ListCreatedOrders($created: String!, $after: String) {
  orders(first: 250, after: $after, query: $created, sortKey: CREATED_AT) {
    nodes { id name test currentTotalPriceSet { shopMoney { amount currencyCode } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

type Count = { count: number } | null;
type Page = {
  orders: {
    nodes: {
      id: string;
      name: string;
      test: boolean;
      currentTotalPriceSet: { shopMoney: { amount: string; currencyCode: string } };
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/**
 * Every order created from `from` until before `until`, test orders too, and as many as Shopify counts (law 9): if not,
 * they are listed once more, for one may have come or gone meanwhile.
 * @throws AppError what the client throws; SHOPIFY_REFUSED if Shopify did not understand the period
 */
export async function listCreatedOrders(
  client: AdminClient,
  { from, until, signal }: { from: Date; until: Date; signal?: AbortSignal },
): Promise<CreatedOrders> {
  const created = `created_at:>='${isoSeconds(from)}' AND created_at:<'${isoSeconds(until)}'`;
  for (let attempt = 1; ; attempt++) {
    const { data, extensions } = await client.graphql<{ all: Count; real: Count }>(COUNT, {
      created,
      real: `${created} AND test:false`,
    });
    refuseIgnored(extensions);
    const counted = data.all?.count ?? 0;
    if (counted > MOST_LISTED_ORDERS) return { kind: "counted", orders: data.real?.count ?? 0 };
    const orders = await listPages(client, created, { atMost: counted, signal });
    if (orders.length === counted) return { kind: "listed", orders };
    if (attempt === 2) return { kind: "disagrees", counted, listed: orders.length };
  }
}

/** One page beyond what was counted is enough to know that more are listed. */
async function listPages(
  client: AdminClient,
  created: string,
  { atMost, signal }: { atMost: number; signal?: AbortSignal | undefined },
): Promise<ListedOrder[]> {
  // By id: an order that moved between two pages is still one order.
  const orders = new Map<string, ListedOrder>();
  let after: string | null = null;
  do {
    signal?.throwIfAborted();
    const answer: { data: Page; extensions: GraphqlExtensions } = await client.graphql<Page>(PAGE, {
      created,
      after,
    });
    refuseIgnored(answer.extensions);
    const { nodes, pageInfo } = answer.data.orders;
    for (const { id: gid, name: number, test, currentTotalPriceSet } of nodes) {
      const { amount: total, currencyCode: currency } = currentTotalPriceSet.shopMoney;
      const id = idFromGid(gid);
      orders.set(id, { id, number, test, total, currency });
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && orders.size <= atMost);
  return [...orders.values()];
}

function refuseIgnored(extensions: GraphqlExtensions): void {
  const ignored = ignoredSearch(extensions);
  if (ignored === null) return;
  throw new AppError(
    "SHOPIFY_REFUSED",
    `Shopify did not understand the period and would list every order (${ignored}).`,
  );
}

function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
