import { isOnHold } from "#app/erp/orders/held-statuses.ts";
import type { Db } from "#app/lib/db.server.ts";
import { nextDay, startOfDay } from "#app/lib/zoned-day.ts";

import type { StoredProof, ToldOrder } from "./day-proof.ts";
import { loadShopCalendar } from "./load-shop-calendar.server.ts";

/** Of each list at most so many: the proof itself has their number. */
const MOST_SHOWN = 100;

/** An order that a day's proof found, as it stands now. */
export type ProvenOrder = {
  id: string;
  /** Its number, as Shopify, the ERP or the cache knows it; else null. */
  number: string | null;
  /** Decimals in their currency; null where that side does not know the order. */
  shopify: Pick<ToldOrder, "total" | "currency"> | null;
  erp: { total: string; currency: string; status: string } | null;
  /** Where its cache entry stands; null where the cache does not hold it. */
  entry: { status: "pending" | "processed" | "failed" | "quarantined"; error: string | null } | null;
  /** Why it is to be fetched from Shopify, and why the last fetch did not succeed; null where nobody wishes for it. */
  wish: { reason: string; error: string | null } | null;
};

type List = "missing" | "differing" | "held" | "pending" | "failed";
/** How many there are, and the first of them. */
export type OrdersOfProof = Record<List, { count: number; orders: ProvenOrder[] }>;

/**
 * The orders behind the figures of a day's proof: what was missing or differed when it was checked, as it stands now, and what
 * is held, pending or failed now.
 * @param day `YYYY-MM-DD`
 */
export async function loadOrdersOfProof(
  db: Db,
  {
    shop,
    day,
    proof,
  }: { shop: string; day: string; proof: Pick<StoredProof, "missing" | "differing"> | null },
): Promise<OrdersOfProof> {
  const { timeZone } = await loadShopCalendar(db, { shop });
  const window = [startOfDay(day, timeZone), startOfDay(nextDay(day), timeZone)];
  const { missing = [], differing = [] } = proof ?? {};
  const { rows } = await db.query<{ list: List; id: string; count: number }>(
    `WITH held AS (
       SELECT "shopifyOrderId" AS id, ${isOnHold("o")} AS "isOnHold" FROM "Order" o
        WHERE shop = $1 AND "shopifyCreatedAt" >= $2 AND "shopifyCreatedAt" < $3 AND NOT test AND "archivedAt" IS NULL
     ), entries AS (
       SELECT id, CASE WHEN "errorCode" IS NULL THEN 'pending' ELSE 'failed' END AS list FROM "ShopifyOrderCache"
        WHERE shop = $1 AND id = ANY (SELECT id FROM held UNION SELECT unnest($4::text[])) AND "processedAt" IS NULL
     ), listed AS (
       SELECT 'held' AS list, id FROM held WHERE "isOnHold" UNION ALL SELECT list, id FROM entries
     ), placed AS (
       SELECT list, id, count(*) OVER (PARTITION BY list)::int AS count,
         row_number() OVER (PARTITION BY list ORDER BY id) AS place FROM listed
     )
     SELECT list, id, count FROM placed WHERE place <= ${String(MOST_SHOWN)} ORDER BY list, place`,
    [shop, ...window, missing],
  );
  const found = Map.groupBy(rows, ({ list }) => list);
  const ids: Record<List, string[]> = {
    missing: missing.slice(0, MOST_SHOWN),
    differing: differing.slice(0, MOST_SHOWN),
    held: (found.get("held") ?? []).map(({ id }) => id),
    pending: (found.get("pending") ?? []).map(({ id }) => id),
    failed: (found.get("failed") ?? []).map(({ id }) => id),
  };
  const known = await loadProvenOrders(db, { shop, day, ids: [...new Set(Object.values(ids).flat())] });
  const of = (list: List, count: number) => ({
    count,
    orders: ids[list].map((id) => known.get(id)).filter((order) => order !== undefined),
  });
  const countOf = (list: List) => found.get(list)?.[0]?.count ?? 0;
  return {
    missing: of("missing", missing.length),
    differing: of("differing", differing.length),
    held: of("held", countOf("held")),
    pending: of("pending", countOf("pending")),
    failed: of("failed", countOf("failed")),
  };
}

type Row = {
  id: string;
  told: ToldOrder | null;
  erpNumber: string | null;
  erpTotal: string | null;
  erpCurrency: string | null;
  erpStatus: string | null;
  entryNumber: string | null;
  entryStatus: NonNullable<ProvenOrder["entry"]>["status"] | null;
  entryError: string | null;
  reason: string | null;
  fetchError: string | null;
};

async function loadProvenOrders(
  db: Db,
  { shop, day, ids }: { shop: string; day: string; ids: string[] },
): Promise<Map<string, ProvenOrder>> {
  const { rows } = await db.query<Row>(
    `SELECT asked.id, (SELECT told->asked.id FROM "DailyProof" WHERE shop = $1 AND day = $2) AS told,
       o."orderNumber" AS "erpNumber", o."currentTotalAmount"::text AS "erpTotal", o.currency AS "erpCurrency", o.status AS "erpStatus",
       e."orderNumber" AS "entryNumber", e."processingError" AS "entryError",
       CASE WHEN e.id IS NULL THEN NULL WHEN e."processedAt" IS NOT NULL THEN 'processed' WHEN e."errorCode" IS NULL THEN 'pending'
         WHEN e."quarantinedAt" IS NULL THEN 'failed' ELSE 'quarantined' END AS "entryStatus",
       coalesce(e."needsFetch", r.reason) AS reason, coalesce(e."fetchError", r."fetchError") AS "fetchError"
     FROM unnest($3::text[]) AS asked(id)
     LEFT JOIN "Order" o ON o.shop = $1 AND o."shopifyOrderId" = asked.id
     LEFT JOIN "ShopifyOrderCache" e ON e.shop = $1 AND e.id = asked.id
     LEFT JOIN "ShopifyFetchRequest" r ON r.shop = $1 AND r.kind = 'order' AND r.id = asked.id`,
    [shop, day, ids],
  );
  return new Map(rows.map((row) => [row.id, provenOrder(row)]));
}

function provenOrder(row: Row): ProvenOrder {
  const { id, told, erpTotal, erpCurrency, erpStatus, entryStatus, reason } = row;
  return {
    id,
    number: row.erpNumber ?? told?.number ?? row.entryNumber,
    shopify: told && { total: told.total, currency: told.currency },
    erp:
      erpTotal === null || erpCurrency === null || erpStatus === null
        ? null
        : { total: erpTotal, currency: erpCurrency, status: erpStatus },
    entry: entryStatus && { status: entryStatus, error: row.entryError },
    wish: reason === null ? null : { reason, error: row.fetchError },
  };
}
