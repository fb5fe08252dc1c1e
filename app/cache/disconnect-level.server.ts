import type { PoolClient } from "pg";
import { ingestInTransaction } from "./ingest.server.ts";

/**
 * An item that is no longer stocked at a location. The body names no time: it takes its place in the level's order by when it
 * was told, in whole seconds as Shopify's own times are, so that a connection in the same second is told apart by its
 * triggered-at.
 */
export async function disconnectLevel(
  tx: PoolClient,
  {
    shop,
    itemId,
    locationId,
    raw,
    at,
    now,
  }: { shop: string; itemId: string; locationId: string; raw: string; at: Date; now: Date },
): Promise<void> {
  const second = new Date(Math.floor(at.getTime() / 1000) * 1000);
  await ingestInTransaction(tx, {
    shop,
    kind: "inventory",
    source: "webhook",
    now,
    payloads: [
      {
        id: `${itemId}@${locationId}`,
        shape: "rest",
        raw,
        shopifyUpdatedAt: second.toISOString(),
        triggeredAt: at.toISOString(),
        header: { shopifyInventoryItemId: itemId, shopifyLocationId: locationId },
      },
    ],
  });
}
