import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { findNewer } from "#app/cache/find-newer.server.ts";
import { recordMissedUpdates } from "#app/cache/record-missed-updates.server.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import { grantedBy } from "#app/shopify/bulk/granted-fields.ts";
import { countUpdated, listUpdated, searchFrom } from "#app/shopify/details/list-updated.server.ts";
import { connectShop, type ShopifyOfJob } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import { readLookBackHours } from "./job-catalogue.ts";
import type { JobContext, JobHandler } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { loadLookBackCursor, moveLookBackCursor } from "./look-back-cursor.server.ts";
import { lookBackStart } from "./look-back-start.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";
import { describeProof, proveYesterday } from "./prove-yesterday.server.ts";
import { lookAtStock, STOCK_SCOPES } from "./look-back-stock.server.ts";
import { processedKinds, type ProcessedKind } from "./process-pending.server.ts";
import { purposesOfOrders } from "./purposes-of-orders.ts";

/** More changed than this: a bulk operation costs ten points, whatever it brings. */
const LIST_AT_MOST = 5_000;
const FETCH_AT_MOST = 500;
/** Records a transaction. */
const BATCH = 50;

/** Products and customers first: orders name them. Stock comes last: it finds its SKU by the products. */
const kinds = [
  { kind: "product", root: "products", scope: "read_products" },
  { kind: "customer", root: "customers", scope: "read_customers" },
  { kind: "order", root: "orders", scope: "read_orders" },
] as const satisfies readonly { kind: ProcessedKind; root: BulkPurpose; scope: string }[];

type Part = (typeof kinds)[number];

/**
 * What changed in Shopify since a while ago and is not in the cache, whether a webhook was lost, we were down, or nobody told
 * us: listed by `updated_at`, compared, and only what is newer is fetched. Its position moves on when everything listed is in
 * the cache. Stock comes whole with its list (`look-back-stock.server.ts`). Deleted records are in no list: webhooks and single fetches tell of them.
 */
export const lookBackJob: JobHandler = async (context, job) => {
  const { pool } = context.database;
  const { from, since } = await openWindow(context, job);
  const shopify = await connectShop(context, job);
  const granted = grantedBy(shopify.scopes, () => undefined);
  if (granted.has("read_orders") && !granted.has("read_all_orders"))
    job.step(
      "Without the permission read_all_orders Shopify does not show orders made more than 60 days ago, however lately they changed",
      { level: "warn" },
    );
  let listed = 0;
  let failed = 0;
  for (const part of kinds) {
    if (!granted.has(part.scope)) {
      job.step(`Without the permission ${part.scope} no ${part.root} can be looked for`, { level: "warn" });
      continue;
    }
    const looked = await lookAt(context, job, shopify, { part, from });
    listed += looked.listed;
    failed += looked.failed;
  }
  const unpermitted = STOCK_SCOPES.filter((scope) => !granted.has(scope));
  if (unpermitted.length === 0) listed += await lookAtStock(context, job, shopify, { from });
  else
    job.step(`Without the permission ${unpermitted.join(" and ")} no stock levels can be looked for`, {
      level: "warn",
    });
  let missed = 0;
  for (const kind of processedKinds)
    missed += await recordMissedUpdates(pool, { shop: job.shop, kind, since, now: context.now() });
  if (missed > 0) job.step(`${String(missed)} updates had come by no webhook`, { level: "warn" });
  if (failed === 0) await moveLookBackCursor(pool, { shop: job.shop, cursorAt: since });
  else {
    job.count({ errors: failed });
    job.step(
      `${String(failed)} records could not be fetched: they are tried again by themselves, and the position stays`,
      { level: "warn" },
    );
  }
  const outcome = await processIntoErp(context, job, {
    kinds: [...processedKinds],
    dumped: listed,
  });
  if (granted.has("read_orders")) await prove(context, job, shopify);
  return describeOutcome(outcome, "records");
};

/** What is in the ERP now is held against Shopify's own count; that it could not be is no failure of the look-back. */
async function prove(context: JobContext, job: JobHandle, shopify: ShopifyOfJob): Promise<void> {
  job.throwIfStopped();
  const proof = await proveYesterday(context, shopify, { shop: job.shop, signal: job.signal });
  const isWhole = proof.problem === null && proof.missing.length + proof.differing.length === 0;
  job.step(describeProof(proof), { level: isWhole ? "info" : "warn" });
}

/** The same for a job that was taken up again: what it has done was done for this window. */
async function openWindow(context: JobContext, job: JobHandle): Promise<{ from: Date; since: Date }> {
  const { from, since } = job.checkpoint;
  if (typeof from === "string" && typeof since === "string")
    return { from: new Date(from), since: new Date(since) };
  const { pool } = context.database;
  const now = context.now();
  const hours =
    readLookBackHours(job.options) ?? (await loadSettings(pool, { shop: job.shop })).scheduler.lookBackHours;
  const start = lookBackStart({ now, hours, cursor: await loadLookBackCursor(pool, job.shop) });
  await job.saveCheckpoint({ from: start.toISOString(), since: now.toISOString() });
  job.step(`Looking for what changed since ${start.toISOString().slice(0, 16).replace("T", " ")} UTC`);
  return { from: start, since: now };
}

type Looked = { listed: number; failed: number };

async function lookAt(
  context: JobContext,
  job: JobHandle,
  shopify: ShopifyOfJob,
  { part, from }: { part: Part; from: Date },
): Promise<Looked> {
  const { kind, root } = part;
  const done = job.checkpoint[`looked at ${root}`];
  if (typeof done === "number") return { listed: done, failed: 0 };
  job.throwIfStopped();
  const { client } = shopify;
  const isBulk = job.checkpoint["bulk"] === root; // decided before this worker took the job over
  const counted = isBulk ? Infinity : await countUpdated(client, root, from);
  if (counted > LIST_AT_MOST) return byBulk(context, job, shopify, { part, from });
  const records = await listUpdated(client, { root, from, counted, signal: job.signal });
  const newer = await findNewer(context.database.pool, { shop: job.shop, kind, records });
  job.step(
    `${String(records.length)} ${root} changed, ${String(newer.length)} of them are newer than what we have`,
  );
  if (newer.length > FETCH_AT_MOST) return byBulk(context, job, shopify, { part, from });
  const failed = await fetchNewer(context, job, shopify, { part, ids: newer });
  // What failed is in nobody's checkpoint: the next worker of this job looks again.
  if (failed === 0) await job.saveCheckpoint({ [`looked at ${root}`]: records.length });
  return { listed: records.length - failed, failed };
}

async function fetchNewer(
  { database, now }: JobContext,
  job: JobHandle,
  { client, scopes }: ShopifyOfJob,
  { part: { kind, root }, ids }: { part: Part; ids: readonly string[] },
): Promise<number> {
  const { shop, signal } = job;
  // From here on what comes is this job's to process and to count.
  if (ids.length > 0) await job.saveCheckpoint({ phase: "ingest" });
  let failed = 0;
  for (let at = 0; at < ids.length; at += BATCH) {
    job.throwIfStopped();
    const result = await fetchIntoCache(database.pool, client, {
      ...{ shop, kind, scopes, source: "lookback", now, signal },
      ids: ids.slice(at, at + BATCH),
    });
    if (result.failed.length > 0) {
      const wishes = result.failed.map(({ id }) => ({ id, reason: "It changed in Shopify", at: now() }));
      await inRepeatedTransaction(database.pool, (tx) => wishFor(tx, { shop, kind, wishes }));
      failed += result.failed.length;
    }
    const so = `${String(Math.min(ids.length, at + BATCH))} of ${String(ids.length)}`;
    job.step(`Fetching ${root}: ${so}`, { log: false });
  }
  return failed;
}

/** Where too much changed to be asked for record by record. */
async function byBulk(
  context: JobContext,
  job: JobHandle,
  shopify: ShopifyOfJob,
  { part: { root }, from }: { part: Part; from: Date },
): Promise<Looked> {
  // Until the file has come, entries of webhooks are processed between jobs as ever.
  await job.saveCheckpoint({ bulk: root, phase: "bulk" });
  const listed = await dumpIntoCache(context, job, shopify, {
    purposes: root === "orders" ? purposesOfOrders(shopify.scopes) : [root],
    window: { by: "updated", from: searchFrom(root, from), until: null },
    source: "lookback",
  });
  await job.saveCheckpoint({ [`looked at ${root}`]: listed });
  return { listed, failed: 0 };
}
