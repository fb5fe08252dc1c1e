import type { JobAsker } from "#app/jobs/job-asker.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import type { PageAnswer } from "./page-answer.ts";
import type { JobView } from "./sync-view.ts";

/** What the pages of jobs show: plain data that survives JSON, so times are ISO strings in UTC. */

/** A job with what it was asked for, and by whom. */
export type WatchedJobView = JobView & { asker: JobAsker; options: Record<string, unknown> };

export type JobOperationView = {
  id: string;
  purpose: string;
  status: string;
  errorCode: string | null;
  /** Lines of the file, and records among them. */
  objectCount: number | null;
  rootObjectCount: number | null;
  /** Bytes. */
  fileSize: number | null;
  createdAt: string;
  completedAt: string | null;
  ingestedAt: string | null;
  /** Until when Shopify keeps its file; null where there is none. */
  fileUntil: string | null;
};

/** The jobs that are not over, and the clock that their durations are counted by. */
export type OpenJobsView = { now: string; jobs: WatchedJobView[] };

export type JobListView = OpenJobsView & { page: ListPage<WatchedJobView>; ignored: string[] };

export type JobPageView = { now: string; job: WatchedJobView; operations: JobOperationView[] };

/** A part of a job's log, the newest line first. */
export type JobLogPart = { lines: JobLogLineView[]; hasOlder: boolean };
export type JobLogLineView = { id: string; at: string; level: string; message: string };

/** Starting a job again names the one it has become. */
export type JobAnswer = PageAnswer & { jobId?: string };
