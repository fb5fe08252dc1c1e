import type { QueryCost } from "./throttle.ts";

/** Points set aside for a request that is about to be sent. */
export type Reservation = {
  points: number;
  /** Not later than the request left, by the clock of whoever keeps the bucket. */
  sentAt: Date;
};

/** What a request has taken from the bucket, as far as anybody knows. */
export type Spent =
  /** It never ran: not sent, or turned away before the points were looked at. */
  | { kind: "nothing" }
  /** It was sent and no cost came back: it may have run. */
  | { kind: "unknown" }
  /** Shopify said it, and what is left. A throttled request took nothing. */
  | { kind: "answered"; cost: QueryCost; throttled: boolean };

/** How long to wait, in milliseconds, and what to say at the next asking as `since`. */
export type HasToWait = { waitMs: number; since?: Date };

/** Since when a request waits (what it was told the first time), and how many milliseconds more it would wait. */
export type Asking = { since?: Date | undefined; patienceMs?: number };

/**
 * Who lets requests of one shop go, so that Shopify has no reason to say THROTTLED. Every reservation is settled,
 * whatever became of its request. Neither function throws: pacing is a courtesy, the request is the work.
 */
export type Pacer = {
  /** Sets `points` aside, or says how long to wait before asking again. */
  reserve(points: number, asking?: Asking): Promise<Reservation | HasToWait>;
  settle(reservation: Reservation, spent: Spent): Promise<void>;
};
