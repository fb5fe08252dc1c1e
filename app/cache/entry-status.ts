export const entryStatuses = ["pending", "processed", "failed", "quarantined"] as const;
/** Where a cache entry stands. No column says it: it follows from when it was processed, its error, and who has to act. */
export type EntryStatus = (typeof entryStatuses)[number];

/** SQL: whether an entry stands there. Each stands in one of them; in words that the partial indexes serve. */
export const isOfStatus = {
  pending: `("processedAt" IS NULL AND "errorCode" IS NULL AND "quarantinedAt" IS NULL)`,
  processed: `("processedAt" IS NOT NULL)`,
  failed: `("processedAt" IS NULL AND "errorCode" IS NOT NULL AND "quarantinedAt" IS NULL)`,
  quarantined: `("processedAt" IS NULL AND "errorCode" IS NOT NULL AND "quarantinedAt" IS NOT NULL)`,
} as const satisfies Record<EntryStatus, string>;

/** SQL: the status of an entry. */
export const entryStatus = `CASE WHEN ${isOfStatus.pending} THEN 'pending' WHEN ${isOfStatus.processed} THEN 'processed'
  WHEN ${isOfStatus.failed} THEN 'failed' ELSE 'quarantined' END`;
