import type { StockCompared } from "#app/jobs/stock-compared.ts";

import type { JobView } from "./sync-view.ts";

/** How the shop's stock is being synced; times are ISO strings in UTC. */
export type StockSync = {
  /** When the server looked. */
  now: string;
  /** The stock sync at work, or the last one among the newest jobs. */
  job: JobView | null;
  /** What the last full comparison found, and the job that made it. */
  compared: { jobId: string; at: string; found: StockCompared } | null;
};
