import type { BatchHandler } from "#app/cache/process-batches.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { decodeInventoryLevel } from "#app/shopify/codecs/decode-inventory-level.ts";
import { mergeInventorySlots, type InventoryLevel } from "#app/shopify/codecs/merge-inventory-slots.ts";
import { skuOfLevel } from "./sku-of-level.ts";

const GONE: InventoryLevel = {
  ...{ connected: false, available: null, onHand: null, committed: null, incoming: null, reserved: null },
};

type Result = Awaited<ReturnType<BatchHandler>>;

/**
 * Cached stock levels of a batch → what the ERP knows of Shopify's stock, by item and location. A level whose item no SKU has
 * is kept with `skuId` null: it is linked when the SKU appears (`linkInventoryLevels`). A level that Shopify said is gone counts
 * nothing, whatever its payloads told before. A payload that cannot be read fails alone.
 */
export const processInventory: BatchHandler = async (tx, { shop, entries, now }) => {
  const levels: { id: string; level: InventoryLevel; at: Date | null }[] = [];
  const failed: Result["failed"] = [];
  for (const { id, rawShape, rawData, shopifyUpdatedAt, triggeredAt, deletedAt, slots } of entries) {
    try {
      const payloads = [{ shape: rawShape, rawData, shopifyUpdatedAt, triggeredAt }, ...slots];
      const level = mergeInventorySlots(
        payloads.map((one) => ({ ...one, decoded: decodeInventoryLevel(one.shape, one.rawData) })),
      );
      levels.push({ id, level: deletedAt === null ? level : GONE, at: shopifyUpdatedAt });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ id, code: error.code, text: error.message, retry: error.retry });
    }
  }
  const changed = await saveLevels(tx, { shop, levels, now });
  const done = levels.map(
    ({ id }) => ({ id, outcome: changed.get(id) ?? ("unchanged" as const) }) satisfies Result["done"][number],
  );
  return { done, failed };
};

/** Writes what differs and tells the feed; of several SKUs with one inventory item the oldest that is not archived has it. */
async function saveLevels(
  tx: Parameters<BatchHandler>[0],
  {
    shop,
    levels,
    now,
  }: { shop: string; levels: { id: string; level: InventoryLevel; at: Date | null }[]; now: Date },
): Promise<Map<string, "created" | "updated">> {
  if (levels.length === 0) return new Map();
  const rows = levels.map(({ id, level, at }) => ({ id, at, ...level }));
  const { rows: changed } = await tx.query<{ id: string; first: boolean; gone: boolean }>(
    `with told as (
       select level.*, c."shopifyInventoryItemId" as item, c."lastSynced" is null as first,
         ${skuOfLevel} as sku
       from json_to_recordset($2) as level(id text, at timestamptz, connected boolean, available int, "onHand" int,
         committed int, incoming int, reserved int)
       join "ShopifyInventoryCache" c on c.shop = $1 and c.id = level.id)
     update "ShopifyInventoryCache" c set "skuId" = told.sku, "availableQty" = told.available, "onHandQty" = told."onHand",
       "committedQty" = told.committed, "incomingQty" = told.incoming, "reservedQty" = told.reserved, "lastSynced" = $3,
       "deletedAt" = case when not told.connected then coalesce(c."deletedAt", told.at, $3) end
     from told where c.shop = $1 and c.id = told.id and (c."lastSynced" is null or c."deletedAt" > c."lastSynced"
       or (c."skuId", c."availableQty", c."onHandQty", c."committedQty", c."incomingQty", c."reservedQty", c."deletedAt" is null)
         is distinct from (told.sku, told.available, told."onHand", told.committed, told.incoming, told.reserved, told.connected))
     returning c.id, told.first, c."deletedAt" is not null as gone`,
    [shop, JSON.stringify(rows), now],
  );
  const changes = changed.map(
    ({ id, first, gone }) =>
      ({
        entity: "stock",
        entityId: id,
        parts: ["level"],
        change: gone ? "archived" : first ? "created" : "updated",
      }) as const,
  );
  await recordChanges(tx, { shop, changes, now });
  return new Map(changed.map(({ id, first }) => [id, first ? "created" : "updated"]));
}
