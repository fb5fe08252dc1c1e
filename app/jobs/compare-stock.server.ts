import { compareLevels, noLevels } from "#app/cache/compare-levels.server.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import { processPendingInventory } from "#app/erp/inventory/process-pending-inventory.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { findBulkOperationOfJob } from "#app/shopify/bulk/bulk-operation-rows.server.ts";
import { readLevels } from "#app/shopify/bulk/read-levels.server.ts";
import type { DumpCompare } from "./dump-into-cache.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { describeCompared, readStockCompared } from "./stock-compared.ts";

const SAYS_OTHERWISE = "The full dump says otherwise";
/** Levels a statement. */
const COMPARED_AT_ONCE = 5_000;

/**
 * Holds a dump of stock against what we had before any of it is stored, and says and keeps what that found. A worker that goes
 * on after the figures were kept compares no more: what it would find then is what this job has stored itself.
 */
export function compareStock(context: JobContext, job: JobHandle): DumpCompare {
  return {
    async before(path, signal) {
      if (job.checkpoint["compared"] === undefined) await compareFile(context, job, { path, signal });
    },
    async after(missing) {
      await job.saveCheckpoint({ compared: { ...readStockCompared(job.checkpoint), missing } });
      if (missing === 0) job.step("Every stock level of ours is in the dump");
    },
  };
}

async function compareFile(
  { database: { pool }, now }: JobContext,
  job: JobHandle,
  { path, signal }: { path: string; signal: AbortSignal },
): Promise<void> {
  const { shop, id: jobId } = job;
  const operation = await findBulkOperationOfJob(pool, { shop, jobId, purpose: "inventory" });
  if (!operation) throw new Error(`The bulk operation of job ${jobId} is not known`);
  // What we have is what was told, processed or not.
  await processPendingInventory(pool, { shop, limit: Number.MAX_SAFE_INTEGER, now: now(), signal });
  const compared = { shown: 0, ...noLevels, missing: null };
  let asked = 0;
  for await (const levels of readLevels({ path, size: COMPARED_AT_ONCE, signal })) {
    const { doubtful, ...found } = await compareLevels(pool, { shop, operationId: operation.id, levels });
    compared.shown += levels.length;
    for (const key of Object.keys(found) as (keyof typeof found)[]) compared[key] += found[key];
    const wishes = doubtful.map((id) => ({ id, reason: SAYS_OTHERWISE, at: now() }));
    await inRepeatedTransaction(pool, (tx) => wishFor(tx, { shop, kind: "inventory", wishes }));
    asked += doubtful.length;
    job.step(`Comparing stock: ${String(compared.shown)} levels so far`, { log: false });
  }
  job.step(describeCompared(compared));
  if (asked > 0)
    job.step(`${String(asked)} of the different ones are asked for: the dump alone cannot say which stands`);
  await job.saveCheckpoint({ compared });
}
