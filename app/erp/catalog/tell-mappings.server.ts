import type { Db } from "#app/lib/db.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";

/** Tells the feed, in the caller's transaction, of the products of SKUs that variants were mapped to, or no longer are. */
export async function tellMappings(
  tx: Db,
  { shop, skuIds, now }: { shop: string; skuIds: readonly (string | null)[]; now: Date },
): Promise<void> {
  if (skuIds.length === 0) return;
  const { rows } = await tx.query<{ id: string }>(
    `select distinct "productId" as id from "Sku" where shop = $1 and id = any($2) order by 1`,
    [shop, skuIds.filter((id) => id !== null)],
  );
  const changes = rows.map(
    ({ id }) => ({ entity: "product", entityId: id, change: "updated", parts: ["mappings"] }) as const,
  );
  await recordChanges(tx, { shop, changes, now });
}
