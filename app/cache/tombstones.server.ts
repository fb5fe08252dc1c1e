import type { Db } from "#app/lib/db.server.ts";

/** Ids that may belong to somebody who is to be forgotten. */
export type NamedIds = { orders: readonly string[]; customers: readonly string[] };

/** What of the named is forgotten; `shop`: the shop itself is, and has not come back. */
export type Forgotten = { shop: boolean; orders: ReadonlySet<string>; customers: ReadonlySet<string> };

const KEY = `hashtextextended('forget:' || $1, 0)`;

/**
 * Whether the shop has forgotten anybody at all: one probe of an index, all that most shops ever pay. The transaction
 * then holds a lock that `waitForArrivals` waits for: who has looked before a tombstone was there ends before the copies
 * are searched.
 */
export async function hasTombstones(tx: Db, { shop }: { shop: string }): Promise<boolean> {
  const look = async () =>
    (
      await tx.query<{ free: boolean; any: boolean }>({
        name: "has-tombstones",
        text: `SELECT pg_try_advisory_xact_lock_shared(${KEY}) AS free,
          EXISTS (SELECT 1 FROM "RedactionTombstone" WHERE shop = $1) AS any`,
        values: [shop],
      })
    ).rows[0];
  const first = await look();
  if (first?.free === true) return first.any;
  // Somebody is being forgotten just now: what was seen before the lock was had may be older than the tombstone.
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${KEY})`, [shop]);
  return (await look())?.any === true;
}

/** Which of these ids have a tombstone, and whether the shop has one that its last installation did not end. */
export async function findForgotten(
  tx: Db,
  { shop, named }: { shop: string; named: NamedIds },
): Promise<Forgotten> {
  const { rows } = await tx.query<{ kind: string; id: string }>(
    `SELECT kind, id FROM "RedactionTombstone" WHERE shop = $1 AND kind = 'order' AND id = ANY($2)
     UNION ALL SELECT kind, id FROM "RedactionTombstone" WHERE shop = $1 AND kind = 'customer' AND id = ANY($3)
     UNION ALL SELECT kind, id FROM "RedactionTombstone" t WHERE shop = $1 AND kind = 'shop' AND NOT EXISTS (
       SELECT 1 FROM "Shop" s WHERE s.shop = $1 AND s."uninstalledAt" IS NULL AND s."installedAt" > t."createdAt")`,
    [shop, named.orders, named.customers],
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  return { shop: of("shop").length > 0, orders: new Set(of("order")), customers: new Set(of("customer")) };
}

/** Sets tombstones; those that stand keep their time. @returns the ids that had none */
export async function setTombstones(
  tx: Db,
  {
    shop,
    kind,
    ids,
    now,
  }: { shop: string; kind: "customer" | "order" | "shop"; ids: readonly string[]; now: Date },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO "RedactionTombstone" (shop, kind, id, "createdAt")
     SELECT DISTINCT $1, $2, id, $4::timestamptz FROM unnest($3::text[]) AS id ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
    [shop, kind, ids, now],
  );
  return rows.map(({ id }) => id);
}

/**
 * Waits until everything that was on its way into the cache when it was called is there. Call it after a tombstone was
 * committed and before its copies are searched: what comes later sees the tombstone.
 */
export async function waitForArrivals(db: Db, { shop }: { shop: string }): Promise<void> {
  await db.query(`SELECT pg_advisory_xact_lock(${KEY})`, [shop]);
}
