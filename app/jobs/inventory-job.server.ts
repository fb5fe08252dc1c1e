import { saveLocation } from "#app/cache/save-location.server.ts";
import { grantedBy } from "#app/shopify/bulk/granted-fields.ts";
import { listLocations } from "#app/shopify/details/list-updated-levels.server.ts";
import { compareStock } from "./compare-stock.server.ts";
import { connectShop, type ShopifyOfJob } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import type { JobContext, JobHandler } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";
import { readStockCompared } from "./stock-compared.ts";

/**
 * Every stock level of the shop: read in bulk, held against what we had, stored, brought into the ERP. Nothing of ours decides
 * that a level is gone: what the dump does not show is asked for. What the compare found stays in the checkpoint (`compared`).
 */
export const inventoryJob: JobHandler = async (context, job) => {
  const shopify = await connectShop(context, job);
  await keepLocationNames(context, job, shopify);
  await dumpIntoCache(context, job, shopify, {
    ...{ purposes: ["inventory"], window: null },
    compare: compareStock(context, job),
  });
  const { shown } = readStockCompared(job.checkpoint);
  const outcome = await processIntoErp(context, job, { kinds: ["inventory"], dumped: shown });
  return describeOutcome(outcome, "stock levels");
};

/** A level names its location by id alone. */
async function keepLocationNames(
  { database: { pool }, now }: JobContext,
  job: JobHandle,
  { client, scopes }: ShopifyOfJob,
): Promise<void> {
  if (!grantedBy(scopes, () => undefined).has("read_locations")) {
    job.step("Without the permission read_locations the names of the locations stay unknown", {
      level: "warn",
    });
    return;
  }
  const locations = await listLocations(client, { signal: job.signal });
  const at = now();
  for (const location of locations) await saveLocation(pool, { shop: job.shop, location, at });
}
