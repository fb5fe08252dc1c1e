import type { Problem } from "./job-problem.ts";
import type { SyncJob } from "./sync-job.ts";

/**
 * What came of a slot: the job it started; or why none was started this time; or why none can be, with the code.
 * How the job then ended stands in the job.
 */
export type SlotResult = { at: string } & (
  { started: string } | { skipped: string } | { code: string; message: string }
);

/** A shop's look-back as a person sees it: whether and when it runs by itself, what came of it, what is wrong. */
export type SchedulerStatus = {
  enabled: boolean;
  intervalMinutes: number;
  lookBackHours: number;
  /** When the schedule, or a person through it, last started a job. */
  lastRunAt: Date | null;
  nextRunAt: Date | null;
  /** That job. */
  lastJob: Pick<
    SyncJob,
    "id" | "status" | "step" | "errorCode" | "errorMessage" | "startedAt" | "finishedAt"
  > | null;
  /** When a look-back last completed, whoever had asked for it. */
  lastSuccessAt: Date | null;
  lastResult: SlotResult | null;
  /** Up to when every change in Shopify has been read. */
  readUpTo: Date | null;
  problem: Problem | null;
};

/** PostgreSQL channel that tells workers to look at the schedules. */
export const schedulesChannel = "schedules";
