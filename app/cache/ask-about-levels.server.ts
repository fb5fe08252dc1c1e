import type { PoolClient } from "pg";
import type { PreparedPayload } from "./payload.ts";

/** Why a stock level is asked for that a webhook was the first to tell of. */
const ONLY_AVAILABLE = "A webhook tells only what is available";
/** … and one that Shopify said is gone, and something else told of since. */
const TOLD_AGAIN = "Told of again after it was gone";

/**
 * What has to be asked about stock levels that payloads just told of. A level can be gone and come back, and the notice of its
 * end bears no time of Shopify's, so no order of ours can tell which came last: once Shopify has said that a level is gone, only
 * an answer asked for later brings it back (and to the processor, though it says what was known before), and whatever else tells of it makes us ask. So does a webhook that is the first to
 * tell of a level: it may be late, and knows nothing but the available quantity.
 * @param fresh those the cache did not hold before
 * @param told others that changed an entry
 */
export async function askAboutLevels(
  tx: PoolClient,
  {
    shop,
    now,
    fresh,
    told,
  }: { shop: string; now: Date; fresh: readonly PreparedPayload[]; told: readonly PreparedPayload[] },
): Promise<void> {
  const first = fresh.filter(({ shape }) => shape === "rest");
  const payloads = [...first, ...told].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (payloads.length === 0) return;
  await tx.query({
    name: "ask-about-levels",
    text: `UPDATE "ShopifyInventoryCache" c SET "deletedAt" = CASE WHEN u.answered THEN NULL ELSE c."deletedAt" END,
        "needsFetch" = CASE WHEN u.answered THEN c."needsFetch" ELSE u.why END,
        "newsAt" = CASE WHEN u.answered THEN c."newsAt" ELSE $2 END,
        "nextFetchAt" = CASE WHEN u.answered THEN c."nextFetchAt" END,
        "processedAt" = CASE WHEN NOT u.answered THEN c."processedAt" END
      FROM (SELECT id, shape = 'detail' AS answered, triggered, CASE WHEN fresh THEN $3 ELSE $4 END AS why, fresh
            FROM unnest($5::text[], $6::text[], $7::timestamptz[], $8::boolean[]) AS t(id, shape, triggered, fresh)) u
      WHERE c.shop = $1 AND c.id = u.id AND (u.fresh
        OR (c."deletedAt" IS NOT NULL AND (NOT u.answered OR c."deletedAt" < u.triggered)))`,
    values: [
      ...[shop, now, ONLY_AVAILABLE, TOLD_AGAIN],
      payloads.map(({ id }) => id),
      payloads.map(({ shape }) => shape),
      payloads.map(({ triggeredAt }) => triggeredAt),
      payloads.map((payload) => first.includes(payload)),
    ],
  });
}
