import type { Problem } from "#app/jobs/job-problem.ts";

import type { ProofView } from "./proof-view.ts";

/** What Home shows; plain data that survives JSON. */
export type HomeView = {
  proof: ProofView;
  erp: { products: number; customers: number; orders: number };
  /** Cache entries of every kind. */
  pending: number;
  failed: number;
  /** Webhook deliveries that could not be read, or whose news could not be handled. */
  failedDeliveries: number;
  /** Why the look-backs do not bring what they should; null while they do. */
  schedulerProblem: Problem | null;
};
