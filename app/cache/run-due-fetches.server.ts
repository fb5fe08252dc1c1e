import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { FailedDetail } from "#app/shopify/details/ask-in-batches.server.ts";
import type { DetailKind } from "#app/shopify/details/fetch-details.server.ts";
import { fetchOrdersOfParts, type PartKind } from "#app/shopify/details/fetch-orders-of-parts.server.ts";
import { fetchIntoCache } from "./fetch-into-cache.server.ts";
import {
  claimEntries,
  claimRequests,
  claimUntil,
  dropWishes,
  putOffFetches,
  releaseClaims,
  type ClaimedFetch,
} from "./fetch-wishes.server.ts";
import { isSatisfied } from "./news-wish.ts";
import { wishFor } from "./wish-for.server.ts";

export type DueFetchOptions = {
  shop: string;
  /** The most records this call takes. */
  limit: number;
  now: () => Date;
  /** The shop's Admin API and what it grants; only called when Shopify has to be asked. */
  connect: () => Promise<{ client: AdminClient; scopes: readonly string[] }>;
  signal?: AbortSignal;
};

/** In records. `granted`: needed no question, a webhook had told it meanwhile. */
export type DueFetchTally = { taken: number; granted: number; fetched: number; gone: number; failed: number };

const kinds = ["order", "inventory", "product", "customer"] as const satisfies readonly DetailKind[];
const partKinds = ["fulfillment_order", "return"] as const satisfies readonly PartKind[];

/**
 * Asks Shopify for what is wished for and due in one shop: news and requests first, then the newest records. What fails by
 * itself is put off (retry-schedule.ts, then once a day); a throttle's wait is no failure.
 * @throws AppError where Shopify cannot be asked at all: nothing counts against the records then, the shop is to be put off
 */
export async function runDueFetches(pool: Pool, options: DueFetchOptions): Promise<DueFetchTally> {
  const { shop, now, signal } = options;
  const began = now();
  const claims = await claimDue(pool, options, began);
  const tally: DueFetchTally = { taken: claims.length, granted: 0, fetched: 0, gone: 0, failed: 0 };
  let left = claims;
  for (const kind of kinds) {
    const granted = claims.filter((claim) => claim.known && claim.kind === kind && isSatisfied(claim));
    await inRepeatedTransaction(pool, (tx) => dropWishes(tx, { shop, kind, claims: granted }));
    tally.granted += granted.length;
    left = left.filter((claim) => !granted.includes(claim));
  }
  if (left.length === 0) return tally;
  const failedOf = (some: readonly ClaimedFetch[], failed: readonly FailedDetail[]) => {
    const errors = new Map(failed.map(({ id, error }) => [id, error.message]));
    return some.flatMap((claim) => {
      const error = errors.get(claim.id);
      return error === undefined ? [] : [{ ...claim, error }];
    });
  };
  const settle = async (some: readonly ClaimedFetch[], failed: readonly FailedDetail[]) => {
    const off = failedOf(some, failed);
    await inRepeatedTransaction(pool, (tx) => putOffFetches(tx, { shop, now: now(), failed: off }));
    tally.failed += off.length;
    left = left.filter((claim) => !some.includes(claim));
  };
  try {
    const { client, scopes } = await options.connect();
    for (const kind of partKinds) {
      const parts = left.filter((claim) => claim.kind === kind);
      if (parts.length > 0)
        await settle(parts, await turnIntoOrders(pool, client, { shop, kind, parts, signal }));
    }
    for (const kind of kinds) {
      const some = left.filter((claim) => claim.kind === kind);
      if (some.length === 0) continue;
      const { gone, failed, ...stored } = await fetchIntoCache(pool, client, {
        ...{ shop, kind, scopes, source: "fetch", now, signal },
        ids: [...new Set(some.map(({ id }) => id))],
      });
      tally.fetched += stored.created + stored.updated + stored.unchanged + stored.superseded;
      tally.gone += gone.length;
      await settle(some, failed);
    }
  } catch (error) {
    const why = error instanceof Error && !signal?.aborted ? error.message : null;
    const until = claimUntil(began);
    await inRepeatedTransaction(pool, (tx) => releaseClaims(tx, { shop, claims: left, until, why }));
    throw error;
  }
  return tally;
}

async function claimDue(pool: Pool, { shop, limit }: DueFetchOptions, now: Date): Promise<ClaimedFetch[]> {
  const claims = await claimRequests(pool, { shop, now, limit });
  for (const withNews of [true, false])
    for (const kind of kinds) {
      const room = limit - claims.length;
      if (room > 0) claims.push(...(await claimEntries(pool, { shop, kind, now, limit: room, withNews })));
    }
  return claims;
}

/** A fulfilment order or a return stands for its order: the order is wished for instead. */
async function turnIntoOrders(
  pool: Pool,
  client: AdminClient,
  {
    shop,
    kind,
    parts,
    signal,
  }: { shop: string; kind: PartKind; parts: readonly ClaimedFetch[]; signal: AbortSignal | undefined },
): Promise<FailedDetail[]> {
  const ids = parts.map(({ id }) => id);
  const { orders, failed } = await fetchOrdersOfParts(client, { kind, ids, signal });
  await inRepeatedTransaction(pool, async (tx) => {
    const wishes = parts.flatMap(({ id, wish, newsAt }) => {
      const order = orders.get(id);
      return order && newsAt ? [{ id: order, reason: wish, at: newsAt }] : [];
    });
    await wishFor(tx, { shop, kind: "order", wishes });
    const resolved = parts.filter(({ id }) => orders.has(id));
    await tx.query(
      `DELETE FROM "ShopifyFetchRequest" r USING unnest($2::text[], $3::timestamptz[]) AS u(id, asked)
       WHERE r.shop = $1 AND r.kind = $4 AND r.id = u.id AND r."requestedAt" <= u.asked`,
      [shop, resolved.map(({ id }) => id), resolved.map(({ newsAt }) => newsAt), kind],
    );
  });
  return failed;
}
