import type { Db } from "#app/lib/db.server.ts";

/** One changed record, as other systems read it from the feed: ids and kinds, never what anybody is called (law 12). */
export type RecordedChange = {
  entity: "order" | "product" | "customer" | "stock";
  /**
   * "order": Shopify's number; "product", "customer": the ERP's id; "stock": `{inventory item}@{location}` for what Shopify says of
   * it, `{ERP SKU id}@{location}` for what the ERP says.
   */
  entityId: string;
  change: "created" | "updated" | "archived";
  /**
   * What of it changed; empty = all of it. Lines, parcels and returns are told as parts of their order:
   * - order: order, lines, money, parcels, returns, redacted
   * - product: product, variations, skus, mappings
   * - customer: customer, merged, redacted, or the fields' names
   * - stock: level (quantities as Shopify has them), sku (whose level it is), erp (the ERP's own quantities)
   */
  parts: readonly string[];
  /** Of an order's lines, parcels and returns those that came, went or changed; empty where all of it may have. */
  ids?: Readonly<Partial<Record<"lines" | "parcels" | "returns", readonly string[]>>>;
};

/** Writes feed rows in the caller's transaction: what is committed is told, what is rolled back never was. */
export async function recordChanges(
  tx: Db,
  { shop, changes, now }: { shop: string; changes: readonly RecordedChange[]; now: Date },
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query({
    name: "record-changes",
    text: `INSERT INTO "ChangeFeed" (shop, entity, "entityId", change, parts, ids, at)
      SELECT $1, u.entity, u.id, u.change, CASE WHEN u.parts = '' THEN '{}' ELSE string_to_array(u.parts, ',') END, u.ids, $2
      FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) AS u(entity, id, change, parts, ids)`,
    values: [
      shop,
      now,
      changes.map(({ entity }) => entity),
      changes.map(({ entityId }) => entityId),
      changes.map(({ change }) => change),
      changes.map(({ parts }) => parts.join(",")),
      changes.map(({ ids }) => JSON.stringify(ids ?? {})),
    ],
  });
}
