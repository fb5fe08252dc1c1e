import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";

export type BulkStatus =
  "CREATED" | "RUNNING" | "CANCELING" | "CANCELED" | "COMPLETED" | "FAILED" | "EXPIRED";

/** What Shopify says of one bulk operation, its counts turned into numbers. */
export type BulkOperation = {
  /** The gid. */
  id: string;
  status: BulkStatus;
  errorCode: string | null;
  /** Lines in the file: all records, children included. */
  objectCount: number | null;
  rootObjectCount: number | null;
  /** Bytes of the file. */
  fileSize: number | null;
  /** Null when the query found nothing: an empty success. Ends 7 days after the operation did. */
  url: string | null;
  partialDataUrl: string | null;
  completedAt: Date | null;
};

/** A bulk operation as we store it: whose job it is and what it was to read. */
export type StoredBulkOperation = BulkOperation & {
  jobId: string;
  purpose: BulkPurpose;
  window: BulkWindow | null;
  /** When every line of it had been read and counted. */
  ingestedAt: Date | null;
};

/** `bulkOperation(id:)` in GraphQL; the counts are strings (UnsignedInt64). */
export type BulkOperationNode = {
  id: string;
  status: string;
  errorCode?: string | null;
  objectCount?: string | number | null;
  rootObjectCount?: string | number | null;
  fileSize?: string | number | null;
  url?: string | null;
  partialDataUrl?: string | null;
  completedAt?: string | null;
};

/** Statuses come in upper case from GraphQL and in lower case from the finish webhook. */
export function readBulkOperation(node: BulkOperationNode): BulkOperation {
  return {
    id: node.id,
    status: node.status.toUpperCase() as BulkStatus,
    errorCode: node.errorCode?.toUpperCase() ?? null,
    objectCount: toCount(node.objectCount),
    rootObjectCount: toCount(node.rootObjectCount),
    fileSize: toCount(node.fileSize),
    url: node.url ?? null,
    partialDataUrl: node.partialDataUrl ?? null,
    completedAt: node.completedAt ? new Date(node.completedAt) : null,
  };
}

/** Whether nothing more will happen to it at Shopify. */
export function isOver({ status }: { status: BulkStatus }): boolean {
  return !["CREATED", "RUNNING", "CANCELING"].includes(status);
}

/**
 * How long to wait before asking again: a tenth of the time it has run, between 0.3 s and 10 s. A short
 * operation is noticed at once, a long one is not asked thousands of times; the finish webhook wakes us earlier.
 */
export function pollIntervalMs(runningMs: number): number {
  return Math.min(10_000, Math.max(300, Math.round(runningMs / 10)));
}

function toCount(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
