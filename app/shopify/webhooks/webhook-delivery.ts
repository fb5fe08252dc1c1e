import type { Pool } from "pg";
import type { Logger } from "pino";

import type { WebhookEnvelope } from "./read-envelope.ts";
import type { NamedKind } from "./read-news.ts";

/** Records that have a cache of their own. */
export type RecordKind = "order" | "product" | "customer" | "fulfillment_order" | "inventory";

/** A body that is an entire record, ready for the cache. */
export type RecordPayload = {
  /** Shopify's id, the number as text; for a stock level "{inventory item}@{location}". */
  id: string;
  shape: "rest";
  /** The body as it came, as text. */
  raw: string;
  shopifyUpdatedAt: string | null;
  triggeredAt: string | null;
  header: Record<string, string | null>;
};

/** A verified delivery: what is stored, in one transaction, before it is answered. */
export type WebhookDelivery = WebhookEnvelope & {
  body: Buffer;
  /** What it is about; null when that is no record. */
  kind: RecordKind | NamedKind | null;
  /** The record's id, where one is named. */
  recordId: string | null;
  /** Null when the body is no entire record: the delivery then keeps the bytes. */
  payload: RecordPayload | null;
  /** Whether the worker has something to do about a body that is no record. */
  isNews: boolean;
  /** Why the body could not be read, if so. */
  problem?: { code: "PAYLOAD_UNREADABLE"; message: string };
  now: Date;
};

/**
 * Stores a delivery and the payload it brings, both or neither; a delivery id seen before is only counted.
 * @throws what the database throws; the delivery is then not acknowledged.
 */
export type StoreDelivery = (pool: Pool, delivery: WebhookDelivery) => Promise<DeliveryOutcome>;

/**
 * stored: something new; known, superseded: a record we had already, or a newer one; redacted: of somebody the shop has
 * forgotten, so not kept; duplicate: a delivery seen before.
 */
export type DeliveryOutcome =
  "stored" | "known" | "superseded" | "news" | "failed" | "noted" | "redacted" | "duplicate";

/** Writes down when a delivery was answered, afterwards; keeps no answer waiting and never throws. */
export type NoteAnswer = (
  pool: Pool,
  log: Pick<Logger, "warn">,
  answer: { shop: string; webhookId: string; at: Date },
) => void;
