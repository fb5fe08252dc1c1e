import type { Pool } from "pg";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { comparedLevels, comparedValues, target } from "./compared-levels.ts";
import type { StockSkip } from "./stock-compare-row.ts";
import { unprocessedDemand } from "./unprocessed-demand.server.ts";

/** What Shopify is to show of a level, and what was last known of it; in units. */
export type StockTarget = {
  /** "{inventory item}@{location}". */
  id: string;
  skuId: string;
  sellableQty: number;
  safetyQty: number;
  unprocessedQty: number;
  targetQty: number;
  skipped: StockSkip | null;
  /** What the cache has; null where nothing told it. */
  cachedQty: number | null;
  /** When the ERP last said its number; null where it never did. */
  saidAt: Date | null;
  /** What both sides had when the level was last pushed, found so, or left so by a decision; null: never. */
  agreed: { quantity: number; at: string; word?: { left: number; saidAt: string | null } | undefined } | null;
};

/** `unread`: levels at locations of Shopify's of which no payload has been taken in, so that nothing is known of them yet. */
export type StockTargets = { targets: Map<string, StockTarget>; unread: Set<string>; waits: string | null };

/** What these levels are to show, all of it as the database stands at one moment. A level that the cache does not have is not in it. */
export async function loadStockTargets(
  pool: Pool,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<StockTargets> {
  const found: StockTargets = { targets: new Map(), unread: new Set(), waits: null };
  async function* read(db: Db) {
    yield await readTargets(db, { shop, ids });
  }
  for await (const { targets, unread, waits } of readSnapshot(pool, read)) {
    found.waits = waits;
    for (const id of unread) found.unread.add(id);
    for (const one of targets) found.targets.set(one.id, one);
  }
  return found;
}

async function readTargets(
  db: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<{ targets: StockTarget[]; unread: string[]; waits: string | null }> {
  const { stock } = await loadSettings(db, { shop });
  const { demand, waits } = await unprocessedDemand(db, { shop });
  if (waits !== null) return { targets: [], unread: [], waits };
  const { rows } = await db.query<StockTarget>(
    `select c.id, c."skuId", c.sellable as "sellableQty", c.safety as "safetyQty", c.unprocessed as "unprocessedQty",
       ${target} as "targetQty", c.skipped, c.shopify as "cachedQty", last.agreed,
       c.said as "saidAt"
     from (${comparedLevels({ ids: "$7" })}) c left join lateral (
       select o.answer->'agreed' as agreed from "Outbox" o where o.shop = $1 and o.entity = 'stock' and o."entityId" = c.id
         and o.kind = 'inventorySet' and o.status in ('sent', 'already', 'dropped') and o.answer ? 'agreed'
        order by o.seq desc limit 1) last on true`,
    [...comparedValues({ shop, locations: stock.locations, demand }), ids],
  );
  const unread = await db.query<{ id: string }>(
    `select u.id from unnest($2::text[]) u(id)
        join "ShopifyLocation" l on l.shop = $1 and l.id = split_part(u.id, '@', 2) and l."deletedAt" is null
      where not exists (select from "ShopifyInventoryCache" c
        where c.shop = $1 and c.id = u.id and c."lastSynced" is not null and c."deletedAt" is null)`,
    [shop, ids],
  );
  return { targets: rows, unread: unread.rows.map(({ id }) => id), waits };
}
