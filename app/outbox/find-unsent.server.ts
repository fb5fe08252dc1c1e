import type { Db } from "#app/lib/db.server.ts";

/**
 * The newest change of one order that Shopify refused, or has a conflict about; null when there is none. One that was wished
 * again later and went through is past.
 */
export async function findUnsent(
  db: Db,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<{ errorCode: string; error: string | null } | null> {
  const { rows } = await db.query<{ errorCode: string; error: string | null }>({
    name: "find-unsent",
    text: `select coalesce(o."errorCode", 'INTERNAL') as "errorCode", o.error from "Outbox" o
      where o.shop = $1 and o.entity = 'order' and o."entityId" = $2 and o.status in ('refused', 'conflict')
        and not exists (select from "Outbox" later
          where later.shop = $1 and later.entity = 'order' and later."entityId" = $2 and later.kind = o.kind
            and later.payload->>'parcelId' is not distinct from o.payload->>'parcelId'
            and later.seq > o.seq and later.status in ('sent', 'already'))
      order by o.seq desc limit 1`,
    values: [shop, orderId],
  });
  return rows[0] ?? null;
}
