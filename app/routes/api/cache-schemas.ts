import { z } from "@hono/zod-openapi";
import { queuedKinds } from "#app/cache/cache-tables.ts";
import { entryStatuses } from "#app/cache/entry-status.ts";

import { Failure } from "./failure.ts";
import { ErrorCodeName, Instant } from "./schemas.ts";

export const CacheKindName = z.enum(queuedKinds).openapi("CacheKind", {
  description: "inventory: a stock level, of one item at one location.",
});
export const EntryKey = z.object({
  kind: CacheKindName,
  id: z
    .string()
    .regex(
      /^\d{1,20}(@\d{1,20})?$/,
      "Shopify's id: digits; of a stock level {inventory item id}@{location id}",
    )
    .openapi({ description: "Shopify's id; of a stock level {inventory item id}@{location id}." }),
});

const status = z.enum(entryStatuses).openapi({
  description:
    "pending: waits to become an ERP record. processed: it is one. failed: it is tried again at nextRetryAt. quarantined: it is not tried again before somebody retries it, or Shopify sends it anew.",
});
const Shape = z.enum(["rest", "bulk", "detail"]).openapi({
  description:
    "How Shopify worded it. rest: the body of a webhook. bulk: a node of a bulk operation's file. detail: the answer to a GraphQL query for this one record.",
});
const Source = z.enum(["dump", "webhook", "lookback", "fetch"]).openapi({
  description:
    "By which road it came. lookback: found by asking for what changed lately. fetch: asked for by its id.",
});
const Unfetched = z.string().nullable();

const KindStatus = z
  .strictObject({
    total: z.int(),
    pending: z.int(),
    processed: z.int(),
    failed: z.int().openapi({ description: "They are tried again by themselves." }),
    quarantined: z.int().openapi({ description: "They wait for somebody's retry." }),
    toFetch: z.int().openapi({ description: "Shopify is to be asked for more of them." }),
    fetchFailed: z.int().openapi({ description: "Those of `toFetch` that were asked for in vain so far." }),
    lagSeconds: z.int().nullable().openapi({
      description: "The age of the oldest pending entry since it was received; null without one.",
    }),
    newestReceivedAt: Instant.nullable(),
    newestProcessedAt: Instant.nullable(),
  })
  .openapi("CacheKindStatus");

export const CacheStatusAnswer = z
  .strictObject({
    at: Instant.openapi({ description: "When it was counted." }),
    kinds: z.strictObject({
      order: KindStatus,
      product: KindStatus,
      customer: KindStatus,
      inventory: KindStatus,
    }),
    fetchRequests: z
      .int()
      .openapi({ description: "Records that Shopify is to be asked for and the cache does not hold yet." }),
    failedDeliveries: z
      .int()
      .openapi({ description: "Webhooks that could not be read or handled: see listDeliveries." }),
    errors: z
      .array(z.strictObject({ code: ErrorCodeName, words: z.string(), next: z.string(), count: z.int() }))
      .openapi({
        description: "Why entries failed or are quarantined, the most frequent first, at most 20.",
      }),
    fetchErrors: z
      .array(z.strictObject({ text: z.string(), count: z.int() }))
      .openapi({ description: "Why fetches did not succeed, the most frequent first, at most 20." }),
  })
  .openapi("CacheStatus");

export const CacheEntry = z
  .strictObject({
    kind: CacheKindName,
    id: z.string().openapi({ example: "5678901234567" }),
    label: z.string().openapi({ description: "What a person knows it by: order number, title, or the id." }),
    status,
    source: Source,
    shape: Shape,
    shopifyUpdatedAt: Instant.nullable().openapi({ description: "Shopify's own `updated_at` of it." }),
    receivedAt: Instant,
    processedAt: Instant.nullable(),
    error: z.union([Failure, z.null()]),
    attempts: z.int().openapi({ description: "Failed tries since it was received or retried." }),
    nextRetryAt: Instant.nullable(),
    quarantined: z.boolean(),
    needsFetch: Unfetched.openapi({
      description: "What Shopify is to be asked for, in words; null: nothing.",
    }),
    fetchError: Unfetched.openapi({ description: "Why the last fetch did not succeed, in words." }),
    deletedAt: Instant.nullable().openapi({ description: "When Shopify said that it is gone." }),
  })
  .openapi("CacheEntry");

const Payload = z
  .strictObject({
    shape: Shape,
    source: Source,
    contentHash: z.string(),
    shopifyUpdatedAt: Instant.nullable(),
    triggeredAt: Instant.nullable().openapi({
      description: "When Shopify triggered the webhook it came by.",
    }),
    receivedAt: Instant,
    supersededAt: Instant.nullable().openapi({
      description: "When a newer one took its place; null: in use.",
    }),
    raw: z.string().openapi({
      description:
        "What Shopify sent, byte for byte, as the text of a JSON document. It is a text and not an object because JSON readers round numbers above 2^53, which Shopify's ids can be: read it with one that does not.",
    }),
  })
  .openapi("CachedPayload");

const NotApplied = z
  .strictObject({
    rule: z.string().openapi({ example: "cancelled-after-handover" }),
    news: z.string().openapi({ description: "What Shopify says." }),
    fact: z.string().openapi({ description: "What stands against it." }),
    lineId: z.string().optional(),
    parcelId: z.string().optional(),
  })
  .openapi("NotApplied");

export const CacheEntryAnswer = z
  .strictObject({
    entry: CacheEntry,
    payload: Payload.openapi({ description: "The newest of all." }),
    slots: z.array(Payload).openapi({
      description: "The newest of each other shape. The record is made of all of them: none says everything.",
    }),
    history: z.array(Payload).openapi({
      description:
        "Payloads that a newer one has replaced, replaced last first, at most 20; older ones than the shop's retention are gone.",
    }),
    notApplied: z.array(NotApplied).nullable().openapi({
      description:
        "Of orders: what Shopify says and the ERP did not follow, and why. null for other kinds, and while the order cannot be read.",
    }),
  })
  .openapi("CacheEntryWithPayloads");
