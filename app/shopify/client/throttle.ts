/** `extensions.cost` of an answer, in points of Shopify's leaky bucket. */
export type QueryCost = {
  requestedQueryCost: number;
  actualQueryCost?: number | null;
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
};

/** A little more than needed: the bucket is Shopify's, and its clock too. */
const MARGIN_MS = 100;

/**
 * How long to wait, in milliseconds, until `points` are in the bucket: (points − available) ÷ restore rate,
 * counting what has been restored in the `elapsedMs` since the answer. 0 when they are there already.
 * Shopify wants the whole requested cost in the bucket before it begins (Shopify's docs, API limits).
 */
export function throttleWaitMs(cost: QueryCost, points = cost.requestedQueryCost, elapsedMs = 0): number {
  const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus;
  const rate = Math.max(restoreRate, 1);
  const available = Math.min(maximumAvailable, currentlyAvailable + (elapsedMs / 1000) * rate);
  const missing = Math.min(points, maximumAvailable) - available;
  return missing <= 0 ? 0 : Math.ceil((missing / rate) * 1000) + MARGIN_MS;
}

/** Longest pause between two tries after a fault. */
const LONGEST_BACKOFF_MS = 30_000;

/**
 * Pause before try number `attempt` + 1 after a fault, in milliseconds: doubling from half a second up to 30 s,
 * half of it by chance (`random` in 0…1) so that many workers do not come back at once. A `Retry-After` is
 * obeyed as the least.
 */
export function backoffMs(attempt: number, random: number, retryAfterSeconds?: number): number {
  const full = Math.min(LONGEST_BACKOFF_MS, 500 * 2 ** (attempt - 1));
  const jittered = full / 2 + (full / 2) * random;
  return Math.ceil(Math.max(jittered, (retryAfterSeconds ?? 0) * 1000));
}
