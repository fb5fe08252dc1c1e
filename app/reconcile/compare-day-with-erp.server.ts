import { isOnHold } from "#app/erp/orders/held-statuses.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { ListedOrder } from "#app/shopify/list-created-orders.server.ts";

/** The ERP's side of a day, and where it is not what Shopify lists. */
export type ErpDay = {
  currency: string | null;
  /** Currencies of that day's orders beside `currency`; the totals are without them. */
  otherCurrencies: string[];
  erpOrders: number;
  /** Exact decimal, in `currency`. */
  erpTotal: string;
  missing: string[];
  differing: string[];
  pending: number;
  failed: number;
  onHold: number;
};

/**
 * Holds a day's ERP orders (created from `from` until before `until`, no test orders) against what Shopify lists of that
 * day, in one statement and so at one moment.
 * - An order that was deleted at Shopify stays in the ERP, archived: it does not count unless Shopify lists it.
 * - One that Shopify does not list and that is not archived counts, and differs: news of its deletion was lost.
 * @param listed Shopify's orders without test orders; null = Shopify was not asked, only the ERP is counted
 * @param currency the shop's; null = that of the day's orders
 */
export async function compareDayWithErp(
  db: Db,
  {
    shop,
    from,
    until,
    listed,
    currency,
  }: {
    shop: string;
    from: Date;
    until: Date;
    listed: readonly ListedOrder[] | null;
    currency: string | null;
  },
): Promise<ErpDay> {
  const orders = listed ?? [];
  const { rows } = await db.query<ErpDay>(
    `WITH listed AS (
       SELECT * FROM unnest($5::text[], $6::numeric[], $7::text[]) AS listed(id, total, currency)
     ), held AS (
       SELECT o."shopifyOrderId" AS id, o."currentTotalAmount" AS total, o.currency, ${isOnHold("o")} AS "isOnHold",
         $4 AND (l.id IS NULL OR l.total <> o."currentTotalAmount" OR l.currency <> o.currency) AS differs
       FROM "Order" o LEFT JOIN listed l ON l.id = o."shopifyOrderId"
       WHERE o.shop = $1 AND NOT o.test AND o."shopifyCreatedAt" >= $2 AND o."shopifyCreatedAt" < $3
         AND (l.id IS NOT NULL OR o."archivedAt" IS NULL)
     ), shown AS (
       SELECT id, currency FROM listed UNION SELECT id, currency FROM held
     ), chosen AS (
       SELECT coalesce($8::text, (SELECT min(currency) FROM shown)) AS currency
     ), entries AS (
       SELECT "errorCode" FROM "ShopifyOrderCache"
        WHERE shop = $1 AND id = ANY (SELECT id FROM shown) AND "processedAt" IS NULL
     )
     SELECT chosen.currency,
       ARRAY(SELECT DISTINCT currency FROM shown WHERE currency <> chosen.currency ORDER BY 1) AS "otherCurrencies",
       (SELECT count(*)::int FROM held) AS "erpOrders",
       (SELECT coalesce(sum(total), 0)::text FROM held WHERE held.currency = chosen.currency) AS "erpTotal",
       ARRAY(SELECT id FROM listed WHERE NOT EXISTS (SELECT 1 FROM held WHERE held.id = listed.id) ORDER BY id) AS missing,
       ARRAY(SELECT id FROM held WHERE differs ORDER BY id) AS differing,
       (SELECT count(*)::int FROM entries WHERE "errorCode" IS NULL) AS pending,
       (SELECT count(*)::int FROM entries WHERE "errorCode" IS NOT NULL) AS failed,
       (SELECT count(*)::int FROM held WHERE "isOnHold") AS "onHold"
     FROM chosen`,
    [
      shop,
      from,
      until,
      listed !== null,
      orders.map(({ id }) => id),
      orders.map(({ total }) => total),
      orders.map((order) => order.currency),
      currency,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error("a statement without FROM a table answered no row");
  return row;
}
