import type { Pool, PoolClient } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { FailedDetail } from "#app/shopify/details/ask-in-batches.server.ts";
import {
  fetchDetails,
  type DetailKind,
  type FetchedDetail,
} from "#app/shopify/details/fetch-details.server.ts";
import { cacheTables } from "./cache-tables.ts";
import { setHiddenApart } from "./hidden-orders.server.ts";
import { ingestInTransaction, type IngestResult } from "./ingest.server.ts";
import { wishFor, type Wish } from "./wish-for.server.ts";

/** When an answer that came too early to say all is asked for again. */
const AGAIN_MS = 20_000;

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
  return inRepeatedTransaction(pool, async (tx) => {
    const levels = kind === "inventory" ? await lockAbsentLevels(tx, { ...options, askedAt, answer }) : null;
    const absent = levels?.gone ?? answer.gone;
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
    await markGone(tx, { shop, kind, ids: gone, askedAt });
    if (levels)
      await wishFor(tx, { shop, kind, wishes: levels.doubtful.map((id) => toldMeanwhile(id, now())) });
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

/**
 * Levels of the items we asked for that the cache has and that did not come: no longer stocked, or, where something told of them
 * only after we had asked, in doubt. They stay as they are until the caller's transaction ends.
 */
async function lockAbsentLevels(
  tx: PoolClient,
  {
    shop,
    ids,
    askedAt,
    answer,
  }: FetchOptions & {
    askedAt: Date;
    answer: { found: readonly FetchedDetail[]; failed: readonly FailedDetail[] };
  },
): Promise<{ gone: string[]; doubtful: string[] }> {
  const failed = new Set(answer.failed.map(({ id }) => id));
  const { rows } = await tx.query<{ id: string; toldAt: Date }>(
    `SELECT id, CASE WHEN "rawShape" = 'detail' THEN greatest("receivedAt", "triggeredAt") ELSE "receivedAt" END AS "toldAt"
     FROM "ShopifyInventoryCache" WHERE shop = $1 AND "shopifyInventoryItemId" = ANY($2)
     ORDER BY id FOR UPDATE`,
    [shop, itemsOf(ids).filter((item) => !failed.has(item))],
  );
  const found = new Set(answer.found.map(({ id }) => id));
  const absent = rows.filter(({ id }) => !found.has(id));
  const isDoubtful = ({ toldAt }: { toldAt: Date }) => toldAt >= askedAt;
  return {
    gone: absent.filter((level) => !isDoubtful(level)).map(({ id }) => id),
    doubtful: absent.filter(isDoubtful).map(({ id }) => id),
  };
}

/** Asked for again soon: Shopify's next answer knows what was told while it gave this one. */
function toldMeanwhile(id: string, now: Date): Wish {
  return { id, reason: "Told of while Shopify was asked", at: now, due: new Date(now.getTime() + AGAIN_MS) };
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

/**
 * An answer that is older than a payload we have, or than the news, grants nothing: it is asked for again soon. One that was known
 * already did not tell what the processor misses, and asking again would not help; that is kept (`untold`) until something about
 * the shop changes, a permission above all (`makeFetchesDue`).
 */
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
       untold = CASE WHEN NOT u.late AND c."newsAt" IS NULL THEN coalesce(c."needsFetch", c.untold) END,
       "nextFetchAt" = CASE WHEN u.late THEN $5::timestamptz END, "fetchAttempts" = 0, "fetchError" = NULL,
       "processedAt" = CASE WHEN c."deletedAt" < $4 THEN NULL ELSE c."processedAt" END,
       "deletedAt" = CASE WHEN c."deletedAt" < $4 THEN NULL ELSE c."deletedAt" END
     FROM (SELECT e.id, coalesce(e."newsAt" > $4, false) OR coalesce(e."shopifyUpdatedAt" > f.updated, false) AS late
             FROM unnest($2::text[], $3::timestamptz[]) AS f(id, updated)
             JOIN "${cacheTables[kind].table}" e ON e.shop = $1 AND e.id = f.id
            WHERE e."needsFetch" IS NOT NULL OR e."newsAt" IS NOT NULL OR e."nextFetchAt" IS NOT NULL OR e."deletedAt" IS NOT NULL) u
     WHERE c.shop = $1 AND c.id = u.id`,
    [
      shop,
      found.map(({ id }) => id),
      found.map(({ shopifyUpdatedAt }) => shopifyUpdatedAt),
      askedAt,
      new Date(now.getTime() + AGAIN_MS),
    ],
  );
}

/**
 * Pending again: the processor archives what came of it. What can come back is gone as of the latest answer. An id the cache does
 * not know leaves nothing behind.
 */
async function markGone(
  tx: PoolClient,
  { shop, kind, ids, askedAt }: { shop: string; kind: DetailKind; ids: readonly string[]; askedAt: Date },
): Promise<void> {
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" SET "deletedAt" = ${cacheTables[kind].comesBack ? "greatest" : "coalesce"}("deletedAt", $3), "needsFetch" = NULL, "newsAt" = NULL,
       "fetchAttempts" = 0, "nextFetchAt" = NULL, "fetchError" = NULL, "processedAt" = NULL, "errorCode" = NULL,
       "processingError" = NULL, attempts = 0, "nextRetryAt" = NULL, "quarantinedAt" = NULL
     WHERE shop = $1 AND id = ANY($2) AND ("deletedAt" IS NULL OR "needsFetch" IS NOT NULL)`,
    [shop, ids, askedAt],
  );
}
