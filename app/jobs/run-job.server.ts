import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, errorCatalogue, explainError, nextStepOf } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";
import { sentence } from "#app/lib/sentence.ts";
import { claimJob, type ClaimedJob } from "./claim-job.server.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { jobHandlers } from "./job-handlers.server.ts";
import { watchJob, type RunningJob } from "./job-progress.server.ts";
import { JobStopped } from "./job-stopped.ts";
import { settleJob } from "./settle-job.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";

/** So long a job is left alone that met a database that did not answer: one that restarts is up again after a second or two. */
const DATABASE_PAUSE_MS = 2_000;

/**
 * Runs one job to its end, or until it is stopped. Does nothing when another worker has it. Never throws for
 * what the job itself met: that is written into the job, with a code, words and the next step. A database that does not answer ends
 * no job: where it does again the job waits for a worker to go on, and where it does not this throws; the job then stays as it is
 * and is taken up again once its heartbeat is stale.
 */
export async function runJob(
  context: JobContext,
  { shop, id, shutdown }: { shop: string; id: string; shutdown: AbortSignal },
): Promise<void> {
  const lease = randomUUID();
  const { database } = context;
  const claimed = await claimJob(database.pool, { shop, id, lease });
  if (!claimed) return;
  const log = context.log.child({ shop, jobId: id, jobType: claimed.jobType });
  const job = watchJob(database, claimed, { lease, log, shutdown });
  const end = await runToEnd(context, job, claimed);
  await job.close();
  // A job taken over within the last second is found lost only here; its folder is the other worker's then.
  const status = end === "lost" ? null : await settleJob(database.pool, { shop, id, lease, ...end });
  if (status === null) {
    log.warn("another worker has taken this job over, or its shop was forgotten");
    await sweepWorkFolders(context);
    return;
  }
  const mayGoOn = status === "paused" || status === "pending";
  if (!mayGoOn) await rm(folderOfJob(context, { shop, id }), { recursive: true, force: true });
}

type End = Omit<Parameters<typeof settleJob>[1], "shop" | "id" | "lease"> | "lost";

async function runToEnd(
  context: JobContext,
  job: RunningJob,
  { jobType, takenOver }: ClaimedJob,
): Promise<End> {
  try {
    job.throwIfStopped(); // by a wish its last worker did not live to obey
    job.step(takenOver ? "Going on where it stopped" : "Started");
    const summary = await jobHandlers[jobType](context, job);
    job.throwIfStopped();
    return { status: "completed", step: summary };
  } catch (error) {
    // Whatever the handler ended with after the signal, the signal says why.
    const reason: unknown = job.signal.aborted ? job.signal.reason : error;
    if (reason instanceof JobStopped) return stopped(reason);
    return isDatabaseDown(error) ? await databaseDown(context, job, error) : failed(context, job, error);
  }
}

/** Nothing of the job is wrong: it goes on from its checkpoint, unless somebody wishes otherwise meanwhile. */
async function databaseDown(context: JobContext, job: RunningJob, error: unknown): Promise<End> {
  context.log.warn({ err: error, shop: job.shop, jobId: job.id }, "the database did not answer a job");
  await sleep(DATABASE_PAUSE_MS, undefined, { signal: job.signal }).catch(() => undefined);
  if (job.signal.reason instanceof JobStopped) return stopped(job.signal.reason);
  const { words } = errorCatalogue.DATABASE_DOWN;
  return { status: "pending", step: `${words}: waiting for a worker to go on`, level: "warn" };
}

function stopped({ reason }: JobStopped): End {
  switch (reason) {
    case "pause":
      return { status: "paused", step: "Paused" };
    case "cancel":
      return { status: "cancelled", step: "Cancelled" };
    case "shutdown":
      return { status: "pending", step: "The worker was stopped: waiting for one to go on" };
    case "lost":
      return "lost";
  }
}

function failed(context: JobContext, job: RunningJob, error: unknown): End {
  const expected = error instanceof AppError;
  const code = expected ? error.code : "INTERNAL";
  const mode = context.env.shopify?.mode;
  const { words, next: usual } = explainError(code, mode);
  const next = expected ? nextStepOf(error, mode) : usual;
  const message = expected ? error.message : `${words}: ${describe(error)}`;
  if (expected) context.log.warn({ shop: job.shop, jobId: job.id, code }, message);
  else context.log.error({ err: error, shop: job.shop, jobId: job.id }, "a job failed unexpectedly");
  return { status: "failed", step: `${sentence(message)} ${next}`, level: "error", error: { code, message } };
}

/** The Shopify library throws bare Responses. */
function describe(error: unknown): string {
  if (error instanceof Response) return `HTTP ${String(error.status)}`;
  return error instanceof Error ? error.message : String(error);
}
