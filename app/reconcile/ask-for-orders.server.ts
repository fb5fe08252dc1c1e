import type { Db } from "#app/lib/db.server.ts";
import type { DayProof } from "./day-proof.ts";

/**
 * Notes the orders a proof found missing or differing for the worker to fetch. One that differs is noted in its cache
 * entry; one without an entry gets a request of its own. A missing one whose entry waits or has failed needs no fetch: it
 * becomes an order, or its error says what to do. What is asked for already stays as it is.
 */
export async function askForOrders(
  db: Db,
  { shop, day, missing, differing }: Pick<DayProof, "shop" | "day" | "missing" | "differing">,
  now: Date,
): Promise<void> {
  await db.query(
    `WITH held AS (
       SELECT id FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY ($2::text[] || $3::text[]) ORDER BY id FOR UPDATE
     ), noted AS (
       UPDATE "ShopifyOrderCache" SET "needsFetch" = coalesce("needsFetch", 'Differs from Shopify''s total')
        WHERE shop = $1 AND id IN (SELECT id FROM held WHERE id = ANY ($3::text[]))
     )
     INSERT INTO "ShopifyFetchRequest" (shop, kind, id, reason, "requestedAt")
     SELECT $1, 'order', id,
       CASE WHEN id = ANY ($2::text[]) THEN 'Missing in the proof of ' || $4::text ELSE 'Differs from Shopify''s total' END, $5
       FROM unnest($2::text[] || $3::text[]) AS asked(id)
      WHERE id NOT IN (SELECT id FROM held) ORDER BY id
     ON CONFLICT DO NOTHING`,
    [shop, missing, differing, day, now],
  );
}
