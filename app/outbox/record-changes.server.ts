import type { Db } from "#app/lib/db.server.ts";

/** One changed record, as other systems will read it from the feed. */
export type RecordedChange = {
  entity: "order" | "product" | "customer" | "stock";
  entityId: string;
  change: "created" | "updated" | "archived";
  /** What of it changed (order, lines, money, parcels…); empty = all of it. */
  parts: readonly string[];
};

/** Writes feed rows in the caller's transaction: what is committed is told, what is rolled back never was. */
export async function recordChanges(
  tx: Db,
  { shop, changes, now }: { shop: string; changes: readonly RecordedChange[]; now: Date },
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query({
    name: "record-changes",
    text: `INSERT INTO "ChangeFeed" (shop, entity, "entityId", change, parts, at)
      SELECT $1, u.entity, u.id, u.change, CASE WHEN u.parts = '' THEN '{}' ELSE string_to_array(u.parts, ',') END, $2
      FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS u(entity, id, change, parts)`,
    values: [
      shop,
      now,
      changes.map(({ entity }) => entity),
      changes.map(({ entityId }) => entityId),
      changes.map(({ change }) => change),
      changes.map(({ parts }) => parts.join(",")),
    ],
  });
}
