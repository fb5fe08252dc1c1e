import { queuedKinds, type QueuedKind } from "#app/cache/cache-tables.ts";
import type { Problem } from "#app/jobs/job-problem.ts";
import type { OutboxTrouble } from "#app/outbox/outbox-trouble.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";

import type { ProofView } from "./proof-view.ts";

/** What Home shows; plain data that survives JSON, times as ISO texts in UTC. */
export type HomeView = {
  /** When the server looked. */
  now: string;
  proof: ProofView;
  /** Cache entries that wait for the processor, and since when the first of each kind. */
  pending: Record<QueuedKind, { count: number; oldestAt: string | null }>;
  /** Why entries failed, the most frequent reason first. */
  reasons: ReasonView[];
  /** Webhook deliveries that could not be read, or whose news could not be handled. */
  failedDeliveries: number;
  /** Why the look-backs do not bring what they should; null while they do. */
  schedulerProblem: Problem | null;
  /** Jobs that do not go on though they should. */
  stuckJobs: { id: string; jobType: string; problem: Problem }[];
  /** The last job of each kind, the newest first. */
  lastRuns: LastRunView[];
  lastDeliveryAt: string | null;
  /** That no webhook comes though orders change, in words. */
  silence: string | null;
  /** The access to Shopify; null where the app has none. `refreshExpires` null: it does not end. */
  token: { refreshExpires: string | null } | null;
  apiVersion: string;
  /** Results of bulk operations that nobody has read for a day, and when Shopify drops them. */
  unreadResults: { jobId: string; jobType: string; expiresAt: string }[];
  /** Requests about personal data that should have been carried out by now. */
  openRequests: { id: string; dueAt: string }[];
  /** What does not reach Shopify of what was wished there. */
  outbox: OutboxTrouble;
  setup: SetupView;
};

/** Entries of one kind that failed for one reason. */
export type ReasonView = {
  kind: QueuedKind;
  code: string;
  /** Tried again by themselves, and waiting for a person. */
  failed: number;
  quarantined: number;
  /** The text of one of them. */
  example: string;
  words: string;
  next: string;
};

export type LastRunView = {
  id: string;
  jobType: string;
  status: string;
  /** What its worker has not obeyed yet. */
  wish: string | null;
  /** When it ended; of one that is not over, when it began or was asked for. */
  at: string;
  error: { code: string; text: string; next: string } | null;
};

export type WriteBackKind = keyof ShopSettings["writeBack"];

/** Facts that say how far the first set-up is. */
export type SetupView = {
  shop: string;
  mayReadAllOrders: boolean;
  cutOverAt: string | null;
  productsSyncedAt: string | null;
  /** When all that Shopify tells this app of orders had been dumped. */
  ordersDumpedAt: string | null;
  /** The last dump, of whatever period; `from` and `until` null = open on that side. */
  lastDump: { at: string; from: string | null; until: string | null } | null;
  /** Null before the first products have come. */
  skus: { duplicates: number; blank: number } | null;
  /** Gateway names that no rule knows; null before the first orders have come. */
  unknownGateways: number | null;
  schedulerOn: boolean;
  /** The kinds of write-back that are turned on; null where the stored settings cannot be read. */
  writeBacksOn: WriteBackKind[] | null;
};

/** How many entries of every kind wait, and of which kind, since when, the first of them is; null where none waits. */
export function sumPending(pending: HomeView["pending"]): {
  count: number;
  oldest: { kind: QueuedKind; at: string } | null;
} {
  let count = 0;
  let oldest: { kind: QueuedKind; at: string } | null = null;
  for (const kind of queuedKinds) {
    const { count: more, oldestAt } = pending[kind];
    count += more;
    if (oldestAt !== null && (oldest === null || oldestAt < oldest.at)) oldest = { kind, at: oldestAt };
  }
  return { count, oldest };
}

/** Failed entries of all reasons. */
export function countFailed(reasons: readonly ReasonView[]): { failed: number; quarantined: number } {
  return {
    failed: reasons.reduce((sum, reason) => sum + reason.failed, 0),
    quarantined: reasons.reduce((sum, reason) => sum + reason.quarantined, 0),
  };
}
