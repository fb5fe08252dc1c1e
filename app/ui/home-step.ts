import type { JobType } from "#app/jobs/job-catalogue.ts";

/** What one button of Home does: a wish sent to Home's action, with the job it starts, or a page that it leads to. */
export type HomeAction =
  | { label: string; send: Readonly<Record<string, string>>; job: JobType | null }
  | { label: string; path: string }
  | { label: string; url: string };

const syncProducts: HomeAction = {
  label: "Sync all products",
  send: { intent: "sync-products" },
  job: "products",
};

/** The wishes Home's buttons send, as Home's action reads them. */
export const homeActions = {
  syncProducts,
  syncCustomers: { label: "Sync customers", send: { intent: "sync-customers" }, job: "customers" },
  syncStock: { label: "Sync stock", send: { intent: "sync-stock" }, job: "inventory" },
  dumpAll: { label: "Dump all orders", send: { intent: "sync-orders", period: "all" }, job: "orders" },
  dumpRecent: {
    label: "Dump the last 60 days",
    send: { intent: "sync-orders", period: "60" },
    job: "orders",
  },
  processPending: { label: "Process pending", send: { intent: "process-pending" }, job: "process-cache" },
  retryFailed: { label: "Retry failed", send: { intent: "retry-failed" }, job: null },
  startScheduler: { label: "Start the schedule", send: { intent: "start-scheduler" }, job: null },
  lookBack: { label: "Look back now", send: { intent: "trigger-scheduler" }, job: "look-back" },
} as const satisfies Record<string, HomeAction>;
