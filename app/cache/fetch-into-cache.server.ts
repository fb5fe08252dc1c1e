import type { Pool, PoolClient } from "pg";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { FailedDetail } from "#app/shopify/details/ask-in-batches.server.ts";
import {
  fetchDetails,
  type DetailKind,
  type FetchedDetail,
} from "#app/shopify/details/fetch-details.server.ts";
import { cacheTables } from "./cache-tables.ts";
import { setHiddenApart } from "./hidden-orders.server.ts";
import { inIngestTransaction, ingestInTransaction, type IngestResult } from "./ingest.server.ts";

export type FetchOptions = {
  shop: string;
  kind: DetailKind;
  /** As the cache knows them. Stock: a level (`{item}@{location}`) or an item, of which all levels come. */
  ids: readonly string[];
  /** Granted by the shop. */
  scopes: readonly string[];
  source: "fetch" | "lookback";
  now: () => Date;
  signal?: AbortSignal | undefined;
};

/** What came, by what became of it in the cache; and what did not. */
export type FetchResult = IngestResult & {
  /** Ids of `ids` that Shopify has no record of, and levels the cache knew that are not stocked any more. */
  gone: string[];
  /** Of `ids`, each with the reason. */
  failed: FailedDetail[];
};

/**
 * Asks Shopify for records by their ids and brings the answers through the cache's one door. No transaction is open while
 * Shopify is asked; the answers, the wishes they grant and what turned out to be gone are then stored in one. What was told
 * after we asked stays wished for.
 * @throws AppError where Shopify cannot be asked at all; then nothing is stored
 */
export async function fetchIntoCache(
  pool: Pool,
  client: AdminClient,
  options: FetchOptions,
): Promise<FetchResult> {
  const { shop, kind, scopes, signal, source, now } = options;
  const askedAt = now();
  const asked = kind === "inventory" ? itemsOf(options.ids) : options.ids;
  const answer = await fetchDetails(client, { kind, ids: asked, scopes, signal });
  return inIngestTransaction(pool, async (tx) => {
    const absent = await findAbsent(tx, { ...options, askedAt, answer });
    const { gone, hidden } = await setHiddenApart(tx, { shop, kind, ids: absent, scopes, now: now() });
    await lockEntries(tx, { shop, kind, ids: [...answer.found.map(({ id }) => id), ...gone] });
    const stored = await ingestInTransaction(tx, {
      ...{ shop, kind, source, now: now() },
      payloads: answer.found.map((one) => ({
        ...one,
        shape: "detail" as const,
        // Of two answers of one instant the later one stands.
        triggeredAt: askedAt.toISOString(),
      })),
    });
    await grantWishes(tx, { shop, kind, found: answer.found, askedAt, now: now() });
    await markGone(tx, { shop, kind, ids: gone, now: now() });
    const failed = [...hidden, ...failedOf(options, answer.failed)];
    const unanswered = new Set(failed.map(({ id }) => id));
    await tx.query(
      `DELETE FROM "ShopifyFetchRequest" WHERE shop = $1 AND kind = $2 AND id = ANY($3) AND "requestedAt" <= $4`,
      [shop, kind, options.ids.filter((id) => !unanswered.has(id)), askedAt],
    );
    return { ...stored, gone, failed };
  });
}

/** Stock is asked for by item. */
function itemsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.map(itemOf))];
}

function itemOf(id: string): string {
  return id.split("@")[0] ?? id;
}

/** What failed, in the ids that were given. */
function failedOf({ kind, ids }: FetchOptions, failed: readonly FailedDetail[]): FailedDetail[] {
  if (kind !== "inventory") return [...failed];
  const errors = new Map(failed.map(({ id, error }) => [id, error]));
  return ids.flatMap((id) => {
    const error = errors.get(itemOf(id));
    return error ? [{ id, error }] : [];
  });
}

/** What Shopify has no record of. An item's levels that the cache knew before we asked and that did not come are among them. */
async function findAbsent(
  tx: PoolClient,
  {
    shop,
    kind,
    ids,
    askedAt,
    answer,
  }: FetchOptions & {
    askedAt: Date;
    answer: { found: readonly FetchedDetail[]; gone: readonly string[]; failed: readonly FailedDetail[] };
  },
): Promise<string[]> {
  if (kind !== "inventory") return [...answer.gone];
  const failed = new Set(answer.failed.map(({ id }) => id));
  const answered = itemsOf(ids).filter((item) => !failed.has(item));
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM "ShopifyInventoryCache" WHERE shop = $1 AND "shopifyInventoryItemId" = ANY($2) AND "receivedAt" < $3
       AND id <> ALL($4)`,
    [shop, answered, askedAt, answer.found.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

async function lockEntries(
  tx: PoolClient,
  { shop, kind, ids }: { shop: string; kind: DetailKind; ids: readonly string[] },
): Promise<void> {
  await tx.query(
    `SELECT 1 FROM "${cacheTables[kind].table}" WHERE shop = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`,
    [shop, ids],
  );
}

/** An answer that is older than a payload we have, or than the news, grants nothing: it is asked for again in 20 seconds. */
async function grantWishes(
  tx: PoolClient,
  {
    shop,
    kind,
    found,
    askedAt,
    now,
  }: { shop: string; kind: DetailKind; found: readonly FetchedDetail[]; askedAt: Date; now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" c SET
       "needsFetch" = CASE WHEN u.late THEN c."needsFetch" END, "newsAt" = CASE WHEN u.late THEN c."newsAt" END,
       "nextFetchAt" = CASE WHEN u.late THEN $5::timestamptz + interval '20 seconds' END, "fetchAttempts" = 0, "fetchError" = NULL,
       "processedAt" = CASE WHEN c."deletedAt" < $4 THEN NULL ELSE c."processedAt" END,
       "deletedAt" = CASE WHEN c."deletedAt" < $4 THEN NULL ELSE c."deletedAt" END
     FROM (SELECT e.id, coalesce(e."newsAt" > $4, false) OR coalesce(e."shopifyUpdatedAt" > f.updated, false) AS late
             FROM unnest($2::text[], $3::timestamptz[]) AS f(id, updated)
             JOIN "${cacheTables[kind].table}" e ON e.shop = $1 AND e.id = f.id
            WHERE e."needsFetch" IS NOT NULL OR e."newsAt" IS NOT NULL OR e."nextFetchAt" IS NOT NULL OR e."deletedAt" IS NOT NULL) u
     WHERE c.shop = $1 AND c.id = u.id`,
    [shop, found.map(({ id }) => id), found.map(({ shopifyUpdatedAt }) => shopifyUpdatedAt), askedAt, now],
  );
}

/** Pending again: the processor archives what came of it. An id the cache does not know leaves nothing behind. */
async function markGone(
  tx: PoolClient,
  { shop, kind, ids, now }: { shop: string; kind: DetailKind; ids: readonly string[]; now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" SET "deletedAt" = coalesce("deletedAt", $3), "needsFetch" = NULL, "newsAt" = NULL,
       "fetchAttempts" = 0, "nextFetchAt" = NULL, "fetchError" = NULL, "processedAt" = NULL, "errorCode" = NULL,
       "processingError" = NULL, attempts = 0, "nextRetryAt" = NULL, "quarantinedAt" = NULL
     WHERE shop = $1 AND id = ANY($2) AND ("deletedAt" IS NULL OR "needsFetch" IS NOT NULL)`,
    [shop, ids, now],
  );
}
