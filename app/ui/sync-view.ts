import type { Problem } from "#app/jobs/job-problem.ts";
import type { PageAnswer } from "./page-answer.ts";
import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";

/** What the page Settings → Shopify shows: plain data that survives JSON, so times are ISO strings in UTC. */

/** One `SyncJob` as a person watches it. */
export type JobView = {
  id: string;
  jobType: string;
  /** pending, running, paused, completed, failed or cancelled. */
  status: string;
  /** A wish ("pause", "cancel") that the worker has not obeyed yet. */
  wish: string | null;
  step: string | null;
  total: number | null;
  processed: number;
  created: number;
  updated: number;
  skipped: number;
  errors: number;
  error: { code: string; text: string; next: string } | null;
  /** That it hangs, or that no worker takes it; null for one that goes on or has ended. */
  problem: Problem | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** While it runs: records a second, and how long the rest takes; null while unknown. */
  perSecond: number | null;
  secondsLeft: number | null;
};

export type CacheCountsView = Record<
  QueuedKind,
  { total: number; pending: number; processed: number; failed: number; quarantined: number }
>;

/** What could not become an ERP record, or, of kind "delivery", a webhook that could not be read or handled. */
export type FailedEntryView = {
  kind: QueuedKind | "delivery";
  id: string;
  /** Order number, title or id; of a delivery its topic. */
  label: string;
  /** When a delivery came; null for an entry. */
  receivedAt: string | null;
  code: string;
  text: string;
  next: string;
  attempts: number;
  nextRetryAt: string | null;
  /** Waits for a person. */
  quarantined: boolean;
};

/** What changes while work goes on; the page asks for it again and again. */
export type SyncProgress = {
  /** When the server looked; the clock that durations and rates are counted by. */
  now: string;
  jobs: JobView[];
  counts: CacheCountsView;
  failed: FailedEntryView[];
  /** How many deliveries there are of those in `failed`, which holds the first. */
  failedDeliveries: number;
  /** The dry run by which a backfill may change something now, with what it found in words; null: it needs one first. */
  dryRun: { found: string | null; finishedAt: string } | null;
};

export type ConnectionView = {
  shop: string;
  shopName: string | null;
  apiVersion: string;
  scopes: string[];
  /** null: the app has none. */
  token: { expires: string | null; refreshExpires: string | null } | null;
  lastContactAt: string | null;
};

/** One request about somebody's personal data. */
export type PrivacyRequestView = {
  id: string;
  kind: "data_request" | "customer_redact" | "shop_redact";
  receivedAt: string;
  dueAt: string;
  doneAt: string | null;
  outcome: "exported" | "erased" | "not erased" | null;
  /** Of a shop that has the app again and so was not erased: when it was last seen to get it. */
  installedAgainAt: string | null;
  /** Until when its data can be downloaded; null where there is none. */
  expiresAt: string | null;
};

export type PreviewView = {
  products: number;
  customers: number;
  orders: number;
  /** The shop's first products. */
  firstProducts: { id: string; title: string; status: string; variants: number }[];
};

/** How the shop's rules stand, which have pages of their own. */
export type ChosenSettingsView = {
  /** How many rules tell cash on delivery from prepaid. */
  paymentRules: number;
  /** Which kinds of changes the shop lets the app write to Shopify. */
  writeBack: ShopSettings["writeBack"];
  /** Orders created before are history; null: not known yet. */
  cutOverAt: string | null;
};

/** What a button of the page gets back. */
export type SyncAnswer = PageAnswer & { preview?: PreviewView };

const OPEN = new Set(["pending", "running", "paused"]);

/** Whether a job of this status is not over yet. */
export function isOpen(status: string): boolean {
  return OPEN.has(status);
}

/** Whether a job is not over yet. */
export function isActive(job: JobView): boolean {
  return isOpen(job.status);
}
