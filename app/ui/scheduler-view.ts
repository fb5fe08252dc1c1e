import type { SlotResult } from "#app/jobs/scheduler-status.ts";
import type { Problem } from "#app/jobs/job-problem.ts";

/** The schedule of the look-back as the API tells it: times are ISO texts in UTC. */
export type SchedulerView = {
  enabled: boolean;
  intervalMinutes: number;
  lookBackHours: number;
  lastRunAt: string | null;
  nextRunAt: string | null;
  /** The last run's job. */
  lastJob: {
    id: string;
    status: string;
    step: string | null;
    error: { code: string; text: string; next: string } | null;
  } | null;
  lastResult: SlotResult | null;
  /** Every change in Shopify up to here has been read. */
  readUpTo: string | null;
  problem: Problem | null;
};
