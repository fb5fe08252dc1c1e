import type { Db } from "#app/lib/db.server.ts";
import type { DetailKind } from "#app/shopify/details/fetch-details.server.ts";
import type { PartKind } from "#app/shopify/details/fetch-orders-of-parts.server.ts";
import { cacheTables } from "./cache-tables.ts";
import { nextRetry } from "./retry-schedule.ts";

/** What can be wished for: records of the cache, and parts that stand for their order. */
export type FetchKind = DetailKind | PartKind;

/** How long a claim holds: longer than asking mostly takes; two workers that ask for the same do no harm, a killed one frees it. */
const CLAIM_MS = 45_000;
const DAY_MS = 86_400_000;

export type ClaimedFetch = {
  kind: FetchKind;
  id: string;
  /** Whether the cache has it already (its wish stands in the entry) or not (a row of ShopifyFetchRequest). */
  known: boolean;
  wish: string;
  attempts: number;
  /** When the news was told, or the request made. */
  newsAt: Date | null;
  newestAt: Date | null;
  detailAt: Date | null;
};

/** SQL: what is gone is not asked for again, except where it can come back. */
export function unlessGone(kind: DetailKind): string {
  return cacheTables[kind].comesBack ? "" : `AND "deletedAt" IS NULL`;
}

/** The moment a claim of now ends; what was claimed bears it. */
export function claimUntil(now: Date): Date {
  return new Date(now.getTime() + CLAIM_MS);
}

/**
 * Takes up to `limit` entries of a kind that are to be fetched and due, those with news or those without, the newest record
 * first. One statement: no lock outlives it, and what another worker takes at the same moment is passed over.
 */
export async function claimEntries(
  db: Db,
  {
    shop,
    kind,
    now,
    limit,
    withNews,
  }: { shop: string; kind: DetailKind; now: Date; limit: number; withNews: boolean },
): Promise<ClaimedFetch[]> {
  const { table } = cacheTables[kind];
  const { rows } = await db.query<Omit<ClaimedFetch, "kind" | "known">>(
    `WITH due AS (
       SELECT id FROM "${table}" WHERE shop = $1 AND "needsFetch" IS NOT NULL ${unlessGone(kind)}
         AND ("nextFetchAt" IS NULL OR "nextFetchAt" <= $2) AND ("newsAt" IS NOT NULL) = $3
       ORDER BY "shopifyUpdatedAt" DESC LIMIT $4 FOR UPDATE SKIP LOCKED)
     UPDATE "${table}" c SET "nextFetchAt" = $5 FROM due WHERE c.shop = $1 AND c.id = due.id
     RETURNING c.id, c."needsFetch" AS wish, c."fetchAttempts" AS attempts, c."newsAt", c."shopifyUpdatedAt" AS "newestAt",
       CASE WHEN c."rawShape" = 'detail' THEN c."shopifyUpdatedAt" ELSE (SELECT s."shopifyUpdatedAt" FROM "ShopifyCacheSlot" s
         WHERE s.shop = $1 AND s.kind = $6 AND s.id = c.id AND s.shape = 'detail') END AS "detailAt"`,
    [shop, now, withNews, limit, claimUntil(now), kind],
  );
  return rows.map((row) => ({ ...row, kind, known: true }));
}

/** Takes up to `limit` requests for records that the cache did not hold, the latest first; as `claimEntries`. */
export async function claimRequests(
  db: Db,
  { shop, now, limit }: { shop: string; now: Date; limit: number },
): Promise<ClaimedFetch[]> {
  const { rows } = await db.query<Omit<ClaimedFetch, "known">>(
    `WITH due AS (
       SELECT kind, id FROM "ShopifyFetchRequest" WHERE shop = $1 AND ("nextFetchAt" IS NULL OR "nextFetchAt" <= $2)
         AND kind = ANY($5) ORDER BY "requestedAt" DESC LIMIT $3 FOR UPDATE SKIP LOCKED)
     UPDATE "ShopifyFetchRequest" r SET "nextFetchAt" = $4 FROM due
     WHERE r.shop = $1 AND r.kind = due.kind AND r.id = due.id
     RETURNING r.kind, r.id, r.reason AS wish, r.attempts, r."requestedAt" AS "newsAt", NULL::timestamptz AS "newestAt",
       NULL::timestamptz AS "detailAt"`,
    [
      ...[shop, now, limit, claimUntil(now)],
      ["order", "product", "customer", "inventory", "fulfillment_order", "return"] satisfies FetchKind[],
    ],
  );
  return rows.map((row) => ({ ...row, known: false }));
}

/** Wishes that have been granted by what came since are taken back, unless news was told in the meantime. */
export async function dropWishes(
  db: Db,
  { shop, kind, claims }: { shop: string; kind: DetailKind; claims: readonly ClaimedFetch[] },
): Promise<void> {
  if (claims.length === 0) return;
  await db.query(
    `UPDATE "${cacheTables[kind].table}" c SET "needsFetch" = NULL, "newsAt" = NULL, "fetchAttempts" = 0, "nextFetchAt" = NULL,
       "fetchError" = NULL
     FROM unnest($2::text[], $3::timestamptz[], $4::text[]) AS u(id, news, wish)
     WHERE c.shop = $1 AND c.id = u.id AND date_trunc('milliseconds', c."newsAt") = u.news AND c."needsFetch" = u.wish`,
    [shop, claims.map(({ id }) => id), claims.map(({ newsAt }) => newsAt), claims.map(({ wish }) => wish)],
  );
}

/**
 * Gives claims back that nobody can be asked for now (Shopify does not answer, the worker stops): due at once again, without
 * counting against them.
 */
export async function releaseClaims(
  db: Db,
  {
    shop,
    claims,
    until,
    why,
  }: { shop: string; claims: readonly ClaimedFetch[]; until: Date; why: string | null },
): Promise<void> {
  for (const [kind, ids] of byKind(claims.filter(({ known }) => known)))
    await db.query(
      `UPDATE "${tableOf(kind)}" SET "nextFetchAt" = NULL, "fetchError" = coalesce($4, "fetchError")
       WHERE shop = $1 AND id = ANY($2) AND "nextFetchAt" = $3`,
      [shop, ids, until, why],
    );
  const requests = claims.filter(({ known }) => !known);
  if (requests.length > 0)
    await db.query(
      `UPDATE "ShopifyFetchRequest" r SET "nextFetchAt" = NULL, "fetchError" = coalesce($5, "fetchError")
       FROM unnest($2::text[], $3::text[]) AS u(kind, id)
       WHERE r.shop = $1 AND r.kind = u.kind AND r.id = u.id AND r."nextFetchAt" = $4`,
      [shop, requests.map(({ kind }) => kind), requests.map(({ id }) => id), until, why],
    );
}

/** A record that Shopify was asked for in vain: tried again later and later, once a day in the end, never given up. */
export async function putOffFetches(
  db: Db,
  { shop, now, failed }: { shop: string; now: Date; failed: readonly (ClaimedFetch & { error: string })[] },
): Promise<void> {
  const due = ({ attempts }: ClaimedFetch) =>
    nextRetry(attempts + 1, now) ?? new Date(now.getTime() + DAY_MS);
  const columns = (some: typeof failed) => [
    some.map(({ id }) => id),
    some.map(due),
    some.map(({ error }) => error),
  ];
  for (const kind of new Set(failed.map((one) => one.kind))) {
    const entries = failed.filter((one) => one.kind === kind && one.known);
    if (entries.length > 0)
      await db.query(
        `UPDATE "${tableOf(kind)}" c SET "fetchAttempts" = "fetchAttempts" + 1, "nextFetchAt" = u.due, "fetchError" = u.error
         FROM unnest($2::text[], $3::timestamptz[], $4::text[]) AS u(id, due, error) WHERE c.shop = $1 AND c.id = u.id`,
        [shop, ...columns(entries)],
      );
    const requests = failed.filter((one) => one.kind === kind && !one.known);
    if (requests.length > 0)
      await db.query(
        `UPDATE "ShopifyFetchRequest" r SET attempts = attempts + 1, "nextFetchAt" = u.due, "fetchError" = u.error
         FROM unnest($3::text[], $4::timestamptz[], $5::text[]) AS u(id, due, error)
         WHERE r.shop = $1 AND r.kind = $2 AND r.id = u.id`,
        [shop, kind, ...columns(requests)],
      );
  }
}

function byKind(claims: readonly ClaimedFetch[]): Map<FetchKind, string[]> {
  const ids = new Map<FetchKind, string[]>();
  for (const { kind, id } of claims) {
    const list = ids.get(kind);
    if (list) list.push(id);
    else ids.set(kind, [id]);
  }
  return ids;
}

/** Only records of the cache have their wish in an entry. */
function tableOf(kind: FetchKind): string {
  return cacheTables[kind as DetailKind].table;
}
