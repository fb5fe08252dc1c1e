import { findGoneLevels } from "#app/cache/find-gone-levels.server.ts";
import { findNewer } from "#app/cache/find-newer.server.ts";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { saveLocation } from "#app/cache/save-location.server.ts";
import type { FetchedDetail } from "#app/shopify/details/fetch-details.server.ts";
import { listLocations, listUpdatedLevels } from "#app/shopify/details/list-updated-levels.server.ts";
import type { ShopifyOfJob } from "./connect-shop.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";

/** Permissions without which no stock can be looked for: levels are asked for by their location. */
export const STOCK_SCOPES = ["read_inventory", "read_locations"] as const;

/**
 * The look-back's part for stock: the levels that changed since `from`, location by location. A page tells each level whole, so
 * what is newer than the cache, or gone by it, goes into it at once, a page a transaction. The locations' names are kept on the way. A job that
 * is taken up again goes on with the locations it had not finished.
 * @returns how many levels had changed
 * @throws AppError where Shopify cannot be asked; what was stored by then stays
 */
export async function lookAtStock(
  context: JobContext,
  job: JobHandle,
  { client }: Pick<ShopifyOfJob, "client">,
  { from }: { from: Date },
): Promise<number> {
  const { pool } = context.database;
  const { shop, signal } = job;
  const locations = await listLocations(client, { signal });
  const at = context.now();
  for (const location of locations) await saveLocation(pool, { shop, location, at });
  let listed = 0;
  let stored = 0;
  for (const { id: locationId } of locations) {
    const key = `looked at stock of ${locationId}`;
    const done = job.checkpoint[key];
    if (typeof done === "number") {
      listed += done;
      continue;
    }
    let here = 0;
    let askedAt = context.now();
    for await (const levels of listUpdatedLevels(client, { locationId, from, signal })) {
      job.throwIfStopped();
      stored += await storeNewer(context, job, { levels, askedAt });
      here += levels.length;
      job.step(`Looking at stock levels: ${String(listed + here)} so far`, { log: false });
      askedAt = context.now();
    }
    await job.saveCheckpoint({ [key]: here });
    listed += here;
  }
  job.step(
    `${String(listed)} stock levels changed at ${String(locations.length)} locations, ${String(stored)} of them are newer than what we have`,
  );
  return listed;
}

async function storeNewer(
  { database: { pool }, now }: JobContext,
  job: JobHandle,
  { levels, askedAt }: { levels: readonly FetchedDetail[]; askedAt: Date },
): Promise<number> {
  const { shop } = job;
  const records = levels.flatMap(({ id, shopifyUpdatedAt }) =>
    shopifyUpdatedAt === null ? [] : [{ id, updatedAt: shopifyUpdatedAt }],
  );
  const newer = new Set([
    ...(await findNewer(pool, { shop, kind: "inventory", records })),
    ...(await findGoneLevels(pool, {
      shop,
      ids: levels.filter(isActive).map(({ id }) => id),
      before: askedAt,
    })),
  ]);
  if (newer.size === 0) return 0;
  // From here on what comes is this job's to process and to count.
  await job.saveCheckpoint({ phase: "ingest" });
  await ingestPayloads(pool, {
    ...{ shop, kind: "inventory", source: "lookback", now: now() },
    payloads: levels
      .filter(({ id }) => newer.has(id))
      .map((level) => ({ ...level, shape: "detail", triggeredAt: askedAt.toISOString() })),
  });
  return newer.size;
}

/** Whether Shopify says that the item is stocked there. */
function isActive({ raw }: FetchedDetail): boolean {
  return (JSON.parse(raw) as { isActive?: unknown }).isActive !== false;
}
