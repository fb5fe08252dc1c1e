import type { JobAsker } from "#app/jobs/job-asker.ts";
import type { JobType } from "#app/jobs/job-catalogue.ts";

import type { Format } from "./format.ts";
import { statusLook, type StatusWords } from "./status-words.ts";
import type { JobView } from "./sync-view.ts";

const TYPES: Record<JobType, string> = {
  products: "Products",
  customers: "Customers",
  orders: "Full dump of orders",
  inventory: "Stock",
  "look-back": "Look-back",
  "process-cache": "Process pending",
  backfill: "Backfill",
};

/** What a person calls this kind of job. */
export function jobTitle(jobType: string): string {
  return new Map<string, string>(Object.entries(TYPES)).get(jobType) ?? jobType;
}

const ASKERS: Record<JobAsker, string> = {
  page: "Person in the app",
  schedule: "Schedule",
  api: "API key",
  "command-line": "Command line",
};

/** Who asked for a job. */
export function askerWords(asker: JobAsker): string {
  return ASKERS[asker];
}

/** How long a job took, or has taken so far; null for one that has not begun. */
export function jobDuration(
  { startedAt, finishedAt }: Pick<JobView, "startedAt" | "finishedAt">,
  now: string,
  format: Pick<Format, "duration">,
): string | null {
  return startedAt === null ? null : format.duration(Date.parse(finishedAt ?? now) - Date.parse(startedAt));
}

/** The badge of a job; a wish that the worker has not obeyed yet comes first. */
export function jobStatus(job: Pick<JobView, "status" | "wish">): StatusWords {
  const status = statusLook("job", job.status);
  if (job.status !== "running" || job.wish === null) return status;
  if (job.wish === "pause") return { words: "Pausing", tone: "attention" };
  if (job.wish === "cancel") return { words: "Cancelling", tone: "attention" };
  return status;
}

/** "450 of 2,000 · 310 per second · 1 min 3 s · about 5 s left"; of a job that does not run, without rate and rest. */
export function jobProgress(job: JobView, now: string, format: Format): string {
  if (!job.startedAt) return "Not started yet";
  const done = format.number(job.processed);
  const parts: string[] = [];
  if (job.total !== null) parts.push(`${done} of ${format.number(job.total)}`);
  else if (job.processed > 0) parts.push(done);
  const elapsedMs = Date.parse(job.finishedAt ?? now) - Date.parse(job.startedAt);
  const { perSecond, secondsLeft } = job;
  if (perSecond !== null)
    parts.push(`${format.number(perSecond < 10 ? perSecond : Math.round(perSecond))} per second`);
  parts.push(format.duration(elapsedMs));
  if (secondsLeft !== null) parts.push(`about ${format.duration(secondsLeft * 1000)} left`);
  return parts.join(" · ");
}

/** How much of a job is done, 0 to 100; null while the total is unknown. */
export function jobPercent(job: JobView): number | null {
  if (job.total === null) return null;
  if (job.total === 0) return 100;
  return Math.min(100, Math.floor((job.processed / job.total) * 100));
}
