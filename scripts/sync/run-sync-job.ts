import { jobPace } from "#app/jobs/job-pace.ts";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";
import { durationWords } from "#app/lib/duration-words.ts";
import { explainError } from "#app/lib/errors.ts";
import { followJob } from "../follow-job.ts";
import { createJobReporter, printable } from "./job-reporter.ts";
import type { SyncContext } from "./open-sync.ts";
import { count, paceWords, percentOf, progressWords } from "./progress-words.ts";
import { createRunHere } from "./run-here.ts";
import { sayError } from "./say-error.ts";
import { startOrTakeUp } from "./start-or-take-up.ts";
import type { StopSignals } from "./stop-signals.ts";

const LOOK_EVERY_MS = 200;

/**
 * Starts a job, follows it to its end and says how it goes; runs it here when no worker takes it.
 * @returns the exit code: 0 completed, 1 failed, 2 Shopify is not configured, else that of `stop`
 * @throws AppError where it cannot be started
 */
export async function runSyncJob(
  context: SyncContext,
  request: { shop: string; jobType: JobType; options: Record<string, unknown> },
  stop: StopSignals,
): Promise<number> {
  const { job, isNew } = await startOrTakeUp(context, request);
  const { shop, id } = job;
  const reporter = createJobReporter(process.stdout, request.jobType);
  reporter.line(isNew ? `Asked for, of ${shop}` : "Going on with the one that was asked for before");
  const here = createRunHere(context, stop.signal, () => {
    reporter.line("No worker has it: it runs here");
  });
  const onLook = (look: SyncJob) => {
    here.takeIfLeft(look);
    if (look.status !== "running") return;
    const pace = jobPace(look, context.now());
    // Until records come into the ERP the step says how far it is: what Shopify has collected, what is stored.
    const words =
      look.processed === 0 ? [look.step ?? "", ...paceWords(pace)].join(" · ") : progressWords(look, pace);
    reporter.figures(printable(words), percentOf(look));
  };
  try {
    const end = await followJob(context.database, {
      ...{ shop, id, lookEveryMs: LOOK_EVERY_MS, onLook },
      signal: AbortSignal.any([stop.signal, here.broken]),
      onLine: ({ message }) => {
        reporter.line(message);
      },
    });
    await here.ended();
    reporter.close();
    return sayEnd(end, context);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    await here.ended();
    reporter.close();
    sayStopped(await loadJob(context.database.pool, { shop, id }));
    return stop.exitCode();
  } finally {
    reporter.close();
  }
}

function sayEnd(job: SyncJob, { env }: SyncContext): number {
  const { status, errorCode } = job;
  if (status === "completed") {
    process.stdout.write(`${summaryWords(job)}\n`);
    return 0;
  }
  if (status === "failed") {
    const { words, next } = explainError(errorCode ?? "INTERNAL", env.shopify?.mode);
    sayError(`Failed (${errorCode ?? "INTERNAL"}): ${job.errorMessage ?? words}`, next);
    return errorCode === "SHOPIFY_NOT_CONFIGURED" ? 2 : 1;
  }
  if (status === "paused") sayError("Somebody paused it.", "It goes on when somebody resumes it.");
  else sayError("Somebody cancelled it.", "What it had stored stays stored. Start it anew to have the rest.");
  return 1;
}

/** "Completed in 12 s: 60 processed, 58 created, 0 updated, 2 unchanged, 0 failed". */
function summaryWords(job: SyncJob): string {
  const tookMs = (job.finishedAt?.getTime() ?? 0) - (job.startedAt?.getTime() ?? 0);
  const figures = (
    [
      ["processed", job.processed],
      ["created", job.created],
      ["updated", job.updated],
      ["unchanged", job.skipped],
      ["failed", job.errors],
    ] as const
  ).map(([name, value]) => `${count(value)} ${name}`);
  return `Completed in ${durationWords(tookMs)}: ${figures.join(", ")}`;
}

function sayStopped(job: SyncJob | null): void {
  if (job?.status === "pending")
    sayError(
      "Stopped.",
      "The job waits for a worker to go on with it; the same command goes on with it too.",
    );
  else if (job?.status === "running")
    sayError(
      "No longer followed.",
      "The job goes on in its worker: `npm run sync -- status` tells of it, and the same command follows it again.",
    );
  else sayError(`Stopped. The job is ${job?.status ?? "gone"}.`, "`npm run sync -- status` tells of it.");
}
