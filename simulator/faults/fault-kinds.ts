/** Every fault the simulator can be told to have. */
export const FAULT_KINDS = [
  /** GraphQL answers THROTTLED with HTTP 200. */
  "throttled",
  /** HTTP 429 with Retry-After. */
  "http-429",
  /** HTTP 5xx (`status`, 503 unless told). */
  "http-5xx",
  /** The answer waits `delayMs`. */
  "slow",
  /** GraphQL: HTTP 401, as for a revoked token. */
  "token-refused",
  /** OAuth: the token or refresh request is refused (`invalid_subject_token` or `invalid_grant`). */
  "grant-refused",
  /** The download is cut after `afterBytes` (half of the file unless told). */
  "file-cut",
  /** The download answers as an expired link does. */
  "file-expired",
  /** The bulk operation ends FAILED with `errorCode`, with `partialData` or without. */
  "bulk-failed",
  /** bulk_operations/finish is never sent. */
  "finish-webhook-lost",
  /** bulk_operations/finish is sent twice (two deliveries of one webhook id). */
  "finish-webhook-doubled",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Where http-429, http-5xx and slow may strike. */
export const FAULT_TARGETS = ["graphql", "oauth", "file"] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

export type FaultRequest = {
  kind: FaultKind;
  /** How many times; null or absent = until cleared. */
  count?: number | null;
  /** http-429, http-5xx, slow: only here (graphql unless told). */
  target?: FaultTarget;
  /** GraphQL faults: only when this root field is asked, like `bulkOperationRunQuery`. */
  operation?: string;
  delayMs?: number;
  status?: number;
  afterBytes?: number;
  errorCode?: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT";
  partialData?: boolean;
};

export type Fault = FaultRequest & { id: number; left: number | null };
