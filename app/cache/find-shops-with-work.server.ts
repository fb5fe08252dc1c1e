import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, queuedKinds, type QueuedKind } from "./cache-tables.ts";

/** Entries due in one shop: what a webhook or a fetch brought, and what waits from a dump. */
export type ShopWork = { shop: string; live: QueuedKind[]; dumped: QueuedKind[] };

/**
 * Shops with entries due, by name. Goes from shop to shop along the index of pending entries, so that it costs as much as
 * there are shops, however many entries wait.
 */
export async function findShopsWithWork(db: Db, now: Date): Promise<ShopWork[]> {
  const found = await Promise.all(queuedKinds.map((kind) => findShops(db, kind, now)));
  const byShop = new Map<string, ShopWork>();
  queuedKinds.forEach((kind, i) => {
    for (const { shop, live, dumped } of found[i] ?? []) {
      const work = byShop.get(shop) ?? { shop, live: [], dumped: [] };
      byShop.set(shop, work);
      if (live) work.live.push(kind);
      if (dumped) work.dumped.push(kind);
    }
  });
  return [...byShop.values()].sort((a, b) => (a.shop < b.shop ? -1 : 1));
}

async function findShops(
  db: Db,
  kind: QueuedKind,
  now: Date,
): Promise<{ shop: string; live: boolean; dumped: boolean }[]> {
  const { table } = cacheTables[kind];
  const pending = `"processedAt" IS NULL AND "quarantinedAt" IS NULL`;
  const due = (
    isDumped: boolean,
  ) => `EXISTS (SELECT 1 FROM "${table}" e WHERE e.shop = shops.shop AND ${pending}
    AND (e.source = 'dump') = ${String(isDumped)} AND (e."nextRetryAt" IS NULL OR e."nextRetryAt" <= $1))`;
  const { rows } = await db.query<{ shop: string; live: boolean; dumped: boolean }>({
    name: `shops-with-work-${kind}`,
    text: `WITH RECURSIVE shops AS (
        (SELECT shop FROM "${table}" WHERE ${pending} ORDER BY shop LIMIT 1)
        UNION ALL
        SELECT (SELECT shop FROM "${table}" WHERE ${pending} AND shop > shops.shop ORDER BY shop LIMIT 1)
        FROM shops WHERE shops.shop IS NOT NULL)
      SELECT * FROM (SELECT shop, ${due(false)} AS live, ${due(true)} AS dumped FROM shops WHERE shop IS NOT NULL) found
      WHERE live OR dumped`,
    values: [now],
  });
  return rows;
}
