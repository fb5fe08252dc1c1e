import type { JobType } from "./job-catalogue.ts";

export const jobStatuses = ["pending", "running", "paused", "completed", "failed", "cancelled"] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A row of `SyncJob`: what a person watches. */
export type SyncJob = {
  shop: string;
  id: string;
  jobType: JobType;
  status: JobStatus;
  requestedBy: string;
  options: Record<string, unknown>;
  /** What it is doing now, in words. */
  step: string | null;
  /** Records it will have handled at its end; null while unknown. */
  total: number | null;
  processed: number;
  created: number;
  updated: number;
  /** Unchanged: nothing had to be written. */
  skipped: number;
  errors: number;
  errorCode: string | null;
  errorMessage: string | null;
  /** `pause` or `cancel`, until the worker has obeyed. */
  wish: string | null;
  heartbeatAt: Date | null;
  /**
   * The stretch by which its pace is told (job-pace): since when the worker that has it is at what it does now, from how many, how
   * many are done and of how many (null: of `total`); null before it has begun.
   */
  stretchSince: Date | null;
  stretchFrom: number | null;
  stretchDone: number | null;
  stretchOf: number | null;
  /** When it last did or said anything, polls at Shopify included; the heartbeat is only its worker's. */
  movedAt: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

export type SyncJobLogLine = { id: number; at: Date; level: string; message: string };

/** After this long without a heartbeat another worker may take the job; the first one then lets go by itself. */
export const STALE_AFTER_SECONDS = 20;

/** The columns of {@link SyncJob}, for a select. */
export const syncJobColumns = `"shop", "id", "jobType", "status", "requestedBy", "options", "step", "total", "processed",
  "created", "updated", "skipped", "errors", "errorCode", "errorMessage", "wish", "heartbeatAt", "movedAt", "createdAt",
  "startedAt", "finishedAt", ("checkpoint"->'stretch'->>'since')::timestamptz as "stretchSince",
  ("checkpoint"->'stretch'->>'from')::int as "stretchFrom", ("checkpoint"->'stretch'->>'done')::int as "stretchDone",
  ("checkpoint"->'stretch'->>'of')::int as "stretchOf"`;

/** PostgreSQL channel that tells workers there is a job to look at. */
export const jobsChannel = "sync_jobs";
