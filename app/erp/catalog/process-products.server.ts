import type { BatchHandler } from "#app/cache/process-batches.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import { loadCatalogContext } from "./load-catalog-context.server.ts";
import { lockCatalog } from "./lock-catalog.server.ts";
import { planCatalog } from "./plan-catalog.ts";
import { readProductEntry } from "./read-product-entry.ts";
import { saveCatalog } from "./save-catalog.server.ts";
import { wakeOrdersWaitingForSkus } from "./wake-orders-waiting-for-skus.server.ts";
import { wakeOrdersOnPlaceholders } from "./wake-processed-orders.server.ts";

/**
 * Cached products of a batch → ERP products, variations and SKUs: gather, decide, apply. A payload
 * that cannot be read fails alone; the others go through. Holds the catalogue's lock.
 */
export const processProducts: BatchHandler = async (tx, { shop, entries, now }) => {
  const snapshots: ProductSnapshot[] = [];
  const failed: Awaited<ReturnType<BatchHandler>>["failed"] = [];
  for (const entry of entries) {
    try {
      snapshots.push(readProductEntry(entry));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ id: entry.id, code: error.code, text: error.message, retry: error.retry });
    }
  }

  const { colourSynonyms } = await loadSettings(tx, { shop, keep: true });
  await lockCatalog(tx, { shop });
  const deleted = await findDeleted(tx, { shop, ids: snapshots.map((snapshot) => snapshot.id) });
  const known = snapshots.map((snapshot) =>
    deleted.has(snapshot.id) ? { ...snapshot, deleted: true } : snapshot,
  );
  const context = await loadCatalogContext(tx, { shop, snapshots: known });
  const newId = () => uuidV7(now.getTime());
  const plan = planCatalog(known, context, { colourSynonyms, now: now.toISOString(), newId });
  await saveCatalog(tx, { shop, plan, now });
  if (plan.skusAppeared) {
    await wakeOrdersWaitingForSkus(tx, { shop });
    await wakeOrdersOnPlaceholders(tx, { shop, skuCodes: plan.newSkuCodes });
  }
  await askForMissingVariants(tx, { shop, snapshots: known });

  const done = known.map(({ id }) => ({ id, outcome: plan.outcomes.get(id) ?? ("unchanged" as const) }));
  return { done, failed };
};

type Tx = Parameters<BatchHandler>[0];

async function findDeleted(tx: Tx, { shop, ids }: { shop: string; ids: string[] }): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from "ShopifyProductCache" where shop = $1 and id = any($2) and "deletedAt" is not null`,
    [shop, ids],
  );
  return new Set(rows.map((row) => row.id));
}

const MORE_VARIANTS = "More variants than a webhook tells";

/** A webhook tells only 100 variants in full; what it only lists has to be fetched, until some payload told it. */
async function askForMissingVariants(
  tx: Tx,
  { shop, snapshots }: { shop: string; snapshots: ProductSnapshot[] },
): Promise<void> {
  const missing = snapshots
    .filter((snapshot) => !snapshot.deleted && snapshot.variantIds !== null && !snapshot.variantsComplete)
    .map((snapshot) => snapshot.id);
  await tx.query(
    `update "ShopifyProductCache" set "needsFetch" = case when id = any($3) then $4 end
      where shop = $1 and id = any($2)
        and case when id = any($3) then "needsFetch" is null else "needsFetch" = $4 end`,
    [shop, snapshots.map((snapshot) => snapshot.id), missing, MORE_VARIANTS],
  );
}
