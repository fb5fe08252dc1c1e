import { countCache } from "#app/cache/cache-counts.server.ts";
import { queuedKinds } from "#app/cache/cache-tables.ts";
import { listFailed, type FailedCacheEntry } from "#app/cache/list-failed.server.ts";
import {
  countFailedDeliveries,
  listFailedDeliveries,
  type FailedDelivery,
} from "#app/cache/list-failed-deliveries.server.ts";
import { findDryRun } from "#app/jobs/find-dry-run.server.ts";
import { listWatchedJobs } from "#app/jobs/list-watched-jobs.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { explainError } from "#app/lib/errors.ts";
import type { FailedEntryView, SyncProgress } from "#app/ui/sync-view.ts";

import { describeDeliveryFailure } from "./describe-delivery-failure.ts";
import { viewJob, type Mode } from "./view-job.ts";

const JOBS_SHOWN = 10;
const FAILED_SHOWN = 10;

/** What of the sync changes while a person looks at it. */
export async function loadSyncProgress(
  db: Db,
  { shop, now, mode }: { shop: string; now: Date; mode?: Mode },
): Promise<SyncProgress> {
  const [jobs, counts, entries, deliveries, failedDeliveries, dryRun] = await Promise.all([
    listWatchedJobs(db, { shop, recent: JOBS_SHOWN }),
    countCache(db, shop),
    listFailed(db, { shop, limit: FAILED_SHOWN }),
    listFailedDeliveries(db, { shop, limit: FAILED_SHOWN }),
    countFailedDeliveries(db, { shop }),
    findDryRun(db, { shop, kinds: queuedKinds, now }),
  ]);
  // Ten of each: an SKU that thousands of orders lack hides no webhook.
  const failed = [
    ...entries.map((entry) => viewFailed(entry, mode)),
    ...deliveries.map((delivery) => viewDelivery(delivery, mode)),
  ];
  return {
    now: now.toISOString(),
    jobs: jobs.map((job) => viewJob(job, { now, mode })),
    counts,
    failed,
    failedDeliveries,
    dryRun: dryRun && { found: dryRun.step, finishedAt: dryRun.finishedAt.toISOString() },
  };
}

/** Only what moves every second: the jobs. Counting the cache of a large shop takes longer. */
export async function loadJobProgress(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<Pick<SyncProgress, "now" | "jobs">> {
  const jobs = await listWatchedJobs(db, { shop, recent: JOBS_SHOWN });
  return { now: now.toISOString(), jobs: jobs.map((job) => viewJob(job, { now })) };
}

function viewFailed(entry: FailedCacheEntry, mode: Mode): FailedEntryView {
  const { next } = explainError(entry.errorCode, mode);
  return {
    kind: entry.kind,
    id: entry.id,
    label: entry.label,
    receivedAt: null,
    code: entry.errorCode,
    text: entry.processingError,
    next,
    attempts: entry.attempts,
    nextRetryAt: entry.nextRetryAt?.toISOString() ?? null,
    quarantined: entry.quarantinedAt !== null,
  };
}

function viewDelivery(delivery: FailedDelivery, mode: Mode): FailedEntryView {
  const { id, topic, receivedAt, errorCode, error, attempts, nextRetryAt, waitsForPerson } = delivery;
  return {
    ...{
      kind: "delivery",
      id,
      label: topic,
      receivedAt: receivedAt.toISOString(),
      code: errorCode,
      attempts,
    },
    ...describeDeliveryFailure(errorCode, error, mode),
    nextRetryAt: nextRetryAt?.toISOString() ?? null,
    quarantined: waitsForPerson,
  };
}
