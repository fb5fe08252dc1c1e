import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { cacheEntryColumns, type CacheEntryRow } from "./list-cache-entries.server.ts";
import { findForgotten } from "./tombstones.server.ts";

/** Where an entry stands, with all its times. */
export type EntryState = CacheEntryRow & {
  triggeredAt: Date | null;
  quarantinedAt: Date | null;
  /** When something was told of it that no payload says. */
  newsAt: Date | null;
  fetchAttempts: number;
  nextFetchAt: Date | null;
  /** What the last answer of Shopify's did not tell either, in words. */
  untold: string | null;
};

/** @returns null where the shop has no such entry */
export async function loadEntryState(
  db: Db,
  { shop, kind, id }: { shop: string; kind: QueuedKind; id: string },
): Promise<EntryState | null> {
  const { rows } = await db.query<EntryState>(
    `SELECT ${cacheEntryColumns(kind)}, "triggeredAt", "quarantinedAt", "newsAt", "fetchAttempts", "nextFetchAt", untold
     FROM "${cacheTables[kind].table}" WHERE shop = $1 AND id = $2`,
    [shop, id],
  );
  return rows[0] ?? null;
}

/** Whether the person an entry was of has been forgotten: their data is gone from all its payloads. */
export async function isEntryForgotten(
  db: Db,
  { shop, kind, id }: { shop: string; kind: QueuedKind; id: string },
): Promise<boolean> {
  const named = { orders: kind === "order" ? [id] : [], customers: kind === "customer" ? [id] : [] };
  const { orders, customers } = await findForgotten(db, { shop, named });
  return orders.size + customers.size > 0;
}
