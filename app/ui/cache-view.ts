import type { CacheKind, PayloadShape, PayloadSource, QueuedKind } from "#app/cache/cache-tables.ts";
import type { EntryStatus } from "#app/cache/entry-status.ts";

/** What the pages of the cache show: plain data that survives JSON, so times are ISO strings in UTC. */

/** How many entries of each kind are not where they should be. */
export type WaitingView = Record<
  QueuedKind,
  { pending: number; failed: number; quarantined: number; toFetch: number }
>;

/** An entry in a list, without its payload. */
export type CacheRowView = {
  id: string;
  /** Order number, title, or Shopify's id. */
  label: string;
  status: EntryStatus;
  source: PayloadSource;
  shape: PayloadShape;
  shopifyUpdatedAt: string | null;
  receivedAt: string;
  processedAt: string | null;
  /** Why it failed, and what to do. */
  error: { code: string; text: string; next: string } | null;
  attempts: number;
  nextRetryAt: string | null;
  /** What Shopify is to be asked for, in words; and why the last try did not succeed. */
  needsFetch: string | null;
  fetchError: string | null;
  deletedAt: string | null;
};

/** One payload that is kept, without its text. */
export type VersionView = {
  kind: CacheKind;
  id: string;
  shape: PayloadShape;
  source: PayloadSource;
  contentHash: string;
  shopifyUpdatedAt: string | null;
  triggeredAt: string | null;
  receivedAt: string;
  /** null: in use. */
  supersededAt: string | null;
  bytes: number;
};

/** One entry with everything that is kept of it but the texts of its payloads. */
export type EntryView = CacheRowView & {
  kind: QueuedKind;
  triggeredAt: string | null;
  quarantinedAt: string | null;
  newsAt: string | null;
  fetchAttempts: number;
  nextFetchAt: string | null;
  untold: string | null;
  isForgotten: boolean;
  /** The ERP's record made of it. */
  erp: { label: string; path: string } | null;
  /** Its page in Shopify Admin. */
  shopifyUrl: string | null;
  /** In use first, then those that were replaced, replaced last first. */
  versions: VersionView[];
  fulfillmentOrders: VersionView[];
  /** The newest payload's text; null where it is so large that it is loaded when a person asks for it. */
  newestRaw: string | null;
  /** Of an order: what Shopify says that the ERP did not follow, and why; null for what is none, and one that cannot be read. */
  notApplied: { news: string; fact: string }[] | null;
};

/** The address of one payload's text. */
export function payloadPath({ kind, id, shape, contentHash }: Omit<VersionView, "source">): string {
  return `/app/cache/${kind}/${encodeURIComponent(id)}/payload?shape=${shape}&hash=${encodeURIComponent(contentHash)}`;
}
