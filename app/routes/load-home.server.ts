import { findWebhookSilence } from "#app/cache/find-webhook-silence.server.ts";
import { countFailedDeliveries } from "#app/cache/list-failed-deliveries.server.ts";
import { loadQueue, type FailedFor, type Queue } from "#app/cache/load-queue.server.ts";
import { jobProblem } from "#app/jobs/job-problem.ts";
import { listLastRuns } from "#app/jobs/list-last-runs.server.ts";
import { listUnreadResults } from "#app/jobs/list-unread-results.server.ts";
import { loadScheduler } from "#app/jobs/load-scheduler.server.ts";
import { loadSetup, type Setup } from "#app/jobs/load-setup.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { findOutboxTrouble } from "#app/outbox/find-outbox-trouble.server.ts";
import { kindsThatLeave } from "#app/outbox/intent-standing.ts";
import { loadKindSwitches } from "#app/outbox/load-kind-switches.server.ts";
import type { IntentKind } from "#app/outbox/outbox-intent.ts";
import { listOpenRequests } from "#app/privacy/list-open-requests.server.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import type { Connection } from "#app/settings/load-connection.server.ts";
import type { HomeView, LastRunView, ReasonView, SetupView } from "#app/ui/home-view.ts";
import { viewProof } from "#app/ui/proof-view.ts";

import { viewJobError } from "./view-job.ts";

/** What Home shows of a shop. Asked every few seconds by every open page: nothing in it reads a whole table of orders or deliveries. */
export async function loadHome(
  db: Db,
  {
    shop,
    now,
    connection,
    apiVersion,
  }: { shop: string; now: Date; connection: Pick<Connection, "scopes" | "token">; apiVersion: string },
): Promise<HomeView> {
  const { token, scopes } = connection;
  const mayReadAllOrders = scopes.includes("read_all_orders");
  const [
    proof,
    queue,
    failedDeliveries,
    schedulerProblem,
    lastRuns,
    webhooks,
    unread,
    requests,
    setup,
    outbox,
  ] = await Promise.all([
    loadProofLine(db, { shop, now }),
    loadQueue(db, { shop }),
    countFailedDeliveries(db, { shop }),
    findSchedulerProblem(db, { shop, now }),
    listLastRuns(db, { shop }),
    findWebhookSilence(db, { shop, now }),
    listUnreadResults(db, { shop, now }),
    listOpenRequests(db, { shop, now }),
    loadSetup(db, { shop, mayReadAllOrders }),
    findKindsThatLeave(db, { shop }).then((kinds) => findOutboxTrouble(db, { shop, kinds, now })),
  ]);
  return {
    now: now.toISOString(),
    ...{ proof: viewProof(proof), failedDeliveries, schedulerProblem, apiVersion },
    pending: viewPending(queue.pending),
    reasons: queue.reasons.map(viewReason),
    stuckJobs: lastRuns.flatMap((job) => {
      const problem = jobProblem(job, now);
      return problem ? [{ id: job.id, jobType: job.jobType, problem }] : [];
    }),
    lastRuns: lastRuns.map(viewLastRun),
    lastDeliveryAt: isoOrNull(webhooks.lastDeliveryAt),
    silence: webhooks.silence,
    token: token && { refreshExpires: isoOrNull(token.refreshExpires) },
    unreadResults: unread.map(({ expiresAt, ...result }) => ({
      ...result,
      expiresAt: expiresAt.toISOString(),
    })),
    openRequests: requests.map(({ id, dueAt }) => ({ id, dueAt: dueAt.toISOString() })),
    outbox,
    setup: viewSetup(setup, { shop, mayReadAllOrders }),
  };
}

/** Why the look-backs do not bring what they should. Of a shop whose stored settings cannot be read Settings tells, not Home. */
async function findSchedulerProblem(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<HomeView["schedulerProblem"]> {
  try {
    return (await loadScheduler(db, { shop, now })).problem;
  } catch (error) {
    if (error instanceof AppError && error.code === "VALIDATION") return null;
    throw error;
  }
}

/** None where the stored settings cannot be read: then nothing leaves, and Settings tells. */
async function findKindsThatLeave(db: Db, { shop }: { shop: string }): Promise<IntentKind[]> {
  try {
    return kindsThatLeave(await loadKindSwitches(db, { shop }));
  } catch (error) {
    if (error instanceof AppError && error.code === "VALIDATION") return [];
    throw error;
  }
}

function viewPending(pending: Queue["pending"]): HomeView["pending"] {
  const view = ({ count, oldestAt }: Queue["pending"]["order"]) => ({ count, oldestAt: isoOrNull(oldestAt) });
  const { product, customer, order, inventory } = pending;
  return {
    ...{ product: view(product), customer: view(customer) },
    ...{ order: view(order), inventory: view(inventory) },
  };
}

function viewReason(reason: FailedFor): ReasonView {
  const { words, next } = explainError(reason.code);
  return { ...reason, words, next };
}

function viewLastRun({ id, jobType, status, wish, errorCode, errorMessage, ...times }: SyncJob): LastRunView {
  const at = times.finishedAt ?? times.startedAt ?? times.createdAt;
  return {
    ...{ id, jobType, status, wish, at: at.toISOString() },
    error: errorCode === null ? null : viewJobError({ errorCode, errorMessage }, "app"),
  };
}

function viewSetup(setup: Setup, place: { shop: string; mayReadAllOrders: boolean }): SetupView {
  const { cutOverAt, productsSyncedAt, ordersDumpedAt, lastDump, ...rest } = setup;
  return {
    ...{ ...rest, ...place },
    lastDump: lastDump && {
      ...{ at: lastDump.at.toISOString(), from: isoOrNull(lastDump.from), until: isoOrNull(lastDump.until) },
    },
    cutOverAt: isoOrNull(cutOverAt),
    productsSyncedAt: isoOrNull(productsSyncedAt),
    ordersDumpedAt: isoOrNull(ordersDumpedAt),
  };
}

function isoOrNull(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
