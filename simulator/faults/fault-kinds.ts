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
  /** GraphQL: the request is done, and the connection cut before its answer is heard. */
  "answer-lost",
  /** GraphQL: the connection is cut at once, and the mutation happens all the same, after `delayMs` or when it is told to. */
  "applied-late",
  /** A mutation is at work for `delayMs` before it happens. */
  "mutation-slow",
  /** inventorySetQuantities, inventoryAdjustQuantities: someone takes a unit off the first level just before. */
  "stock-moved",
  /** fulfillmentCreate: someone sends all of the fulfilment orders it names just before. */
  "fulfilled-first",
  /** OAuth: the token or refresh request is refused (`invalid_subject_token` or `invalid_grant`). */
  "grant-refused",
  /** The download is cut after `afterBytes` (half of the file unless told). */
  "file-cut",
  /** The download answers as an expired link does. */
  "file-expired",
  /** The bulk operation ends FAILED with `errorCode`, with `partialData` or without. */
  "bulk-failed",
  /** A webhook is never sent. */
  "webhook-lost",
  /** A webhook is sent twice under one id: at once, or again after `delayMs`. */
  "webhook-doubled",
  /** A webhook is sent only after `delayMs`. */
  "webhook-late",
  /** A webhook is held back until `after` further deliveries have gone (one unless told), at most `delayMs`. */
  "webhook-reordered",
  /** Beside a webhook another one comes, of the same body, whose signature is wrong. */
  "webhook-forged",
  /** The app's answer to a webhook is not heard: Shopify tries again under the same id. */
  "webhook-answer-lost",
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
  /** Webhook faults: only this topic's, like `bulk_operations/finish`. */
  topic?: string;
  /** Strikes this share of all chances (0…1), by the simulator's seed; every one unless told. */
  share?: number;
  /** GraphQL faults: only when this root field is asked, like `bulkOperationRunQuery`. */
  operation?: string;
  delayMs?: number;
  after?: number;
  status?: number;
  afterBytes?: number;
  errorCode?: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT";
  partialData?: boolean;
};

export type Fault = FaultRequest & { id: number; left: number | null };
