import type { Db } from "#app/lib/db.server.ts";

/** Ids of an order's lines, parcels and returns that came, went or are not as they were; a part of which none did is left out. */
export type ChangedIds = Partial<Record<PartWithIds, string[]>>;
export type PartWithIds = keyof typeof rowsOf;
/** A fingerprint of each row of a part of some orders. */
export type PartPrints = ReadonlyMap<string, { orderId: string; id: string; print: string }>;

/** Each row with all that is written of it, and a parcel with what is in it. */
const rowsOf = {
  lines: `select "shopifyOrderId" as "orderId", "shopifyLineId" as id, md5(row::text) as print from "OrderLine" row`,
  parcels: `select "shopifyOrderId" as "orderId", id, md5(row::text || coalesce((select string_agg(inside::text, '' order by
      inside."shopifyLineId") from "ParcelLine" inside where inside.shop = row.shop
      and inside."shopifyOrderId" = row."shopifyOrderId" and inside."parcelId" = row.id), '')) as print from "Parcel" row`,
  returns: `select "shopifyOrderId" as "orderId", id, md5(row::text) as print from "ReturnCase" row`,
} as const;

/** Whether the rows of a part have ids that other systems are told. */
export function hasIds(part: string): part is PartWithIds {
  return Object.hasOwn(rowsOf, part);
}

/** What a part of these orders is now: taken before it is written and after it, the two tell what changed. */
export async function takePrints(
  tx: Db,
  { shop, part, orderIds }: { shop: string; part: PartWithIds; orderIds: readonly string[] },
): Promise<PartPrints> {
  const { rows } = await tx.query<{ orderId: string; id: string; print: string }>({
    name: `prints-${part}`,
    text: `${rowsOf[part]} where row.shop = $1 and row."shopifyOrderId" = any($2)`,
    values: [shop, orderIds],
  });
  return new Map(rows.map((row) => [`${row.orderId} ${row.id}`, row]));
}

/** Adds to `changed`, by order, the ids whose rows are not the same in both. */
export function addChangedIds(
  changed: Map<string, ChangedIds>,
  part: PartWithIds,
  { before, after }: { before: PartPrints; after: PartPrints },
): void {
  for (const [key, { orderId, id }] of new Map([...before, ...after])) {
    if (before.get(key)?.print === after.get(key)?.print) continue;
    const ids = changed.get(orderId) ?? {};
    (ids[part] ??= []).push(id);
    changed.set(orderId, ids);
  }
}
