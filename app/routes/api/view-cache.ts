import type { z } from "@hono/zod-openapi";
import type { QueuedKind } from "#app/cache/cache-tables.ts";
import type { CacheEntryRow } from "#app/cache/list-cache-entries.server.ts";
import type { CacheStatus, KindStatus } from "#app/cache/load-cache-status.server.ts";
import type { KeptPayload } from "#app/cache/load-payloads-of-entry.server.ts";
import { explainError } from "#app/lib/errors.ts";

import type { CacheEntry, CacheEntryAnswer, CacheStatusAnswer } from "./cache-schemas.ts";
import { readErrorCode } from "./failure.ts";

/** How the cache stands as the API answers it. */
export function viewCacheStatus(
  { kinds, errors, ...counts }: CacheStatus,
  now: Date,
): z.infer<typeof CacheStatusAnswer> {
  const view = ({ oldestPendingAt, newestReceivedAt, newestProcessedAt, ...status }: KindStatus) => ({
    ...status,
    lagSeconds:
      oldestPendingAt && Math.max(0, Math.round((now.getTime() - oldestPendingAt.getTime()) / 1000)),
    newestReceivedAt: newestReceivedAt?.toISOString() ?? null,
    newestProcessedAt: newestProcessedAt?.toISOString() ?? null,
  });
  return {
    ...{ at: now.toISOString(), ...counts },
    kinds: {
      order: view(kinds.order),
      product: view(kinds.product),
      customer: view(kinds.customer),
      inventory: view(kinds.inventory),
    },
    errors: errors.map(({ code, count }) => {
      const { words, next } = explainError(code);
      return { code: readErrorCode(code), words, next, count };
    }),
  };
}

/** An entry as the API answers it; its error in the words the page shows too. */
export function viewCacheEntry(kind: QueuedKind, row: CacheEntryRow): z.infer<typeof CacheEntry> {
  const { id, label, status, source, shape, errorCode, processingError, attempts } = row;
  const { needsFetch, fetchError } = row;
  const explained = errorCode === null ? null : explainError(errorCode);
  return {
    ...{ kind, id, label, status, source, shape, attempts, needsFetch, fetchError },
    shopifyUpdatedAt: row.shopifyUpdatedAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
    error:
      errorCode === null || explained === null
        ? null
        : {
            code: readErrorCode(errorCode),
            text: processingError ?? explained.words,
            next: explained.next,
          },
    nextRetryAt: row.nextRetryAt?.toISOString() ?? null,
    quarantined: status === "quarantined",
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** A payload as the API answers it. */
export function viewPayload(payload: KeptPayload): z.infer<typeof CacheEntryAnswer>["payload"] {
  const { shape, source, contentHash, raw } = payload;
  return {
    ...{ shape, source, contentHash, raw },
    shopifyUpdatedAt: payload.shopifyUpdatedAt?.toISOString() ?? null,
    triggeredAt: payload.triggeredAt?.toISOString() ?? null,
    receivedAt: payload.receivedAt.toISOString(),
    supersededAt: payload.supersededAt?.toISOString() ?? null,
  };
}
