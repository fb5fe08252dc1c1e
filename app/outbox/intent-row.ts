import type { IntentKind, OutboxStatus } from "./outbox-intent.ts";

/** One intent as its row has it; times ISO. */
export type IntentRow = {
  id: string;
  kind: IntentKind;
  entity: "order" | "stock";
  entityId: string;
  payload: unknown;
  status: OutboxStatus;
  attempts: number;
  /** When it is tried again by itself. */
  nextRetryAt: string | null;
  /** While a worker is at it. */
  leasedUntil: string | null;
  /** Both sides in words, where they differ: `{ erp, shopify, next }`. */
  conflict: unknown;
  errorCode: string | null;
  error: string | null;
  /** What is known of what came of it: `{ said, fulfillmentIds, … }`. */
  answer: unknown;
  actor: string;
  createdAt: string;
  sentAt: string | null;
  /** When it was over: sent, found done, or not to be sent. */
  endedAt: string | null;
};

/** How many of a kind wait, and how many Shopify refused. */
export type OpenIntents = { kind: IntentKind; waiting: number; refused: number };
