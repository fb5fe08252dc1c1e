import type { Db } from "#app/lib/db.server.ts";

import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { eachKind } from "./each-kind.ts";
import { isOfStatus } from "./entry-status.ts";

/** Why entries of one kind failed, with how many wait for their next try and how many for a person. */
export type FailedFor = {
  kind: QueuedKind;
  code: string;
  failed: number;
  quarantined: number;
  /** The text of one of them. */
  example: string;
};

/** What of a shop's cache is not in the ERP yet. */
export type Queue = {
  /** By kind how many wait for the processor, and when the first of them was received; null where none waits. */
  pending: Record<QueuedKind, { count: number; oldestAt: Date | null }>;
  /** By kind and code, the most frequent first. */
  reasons: FailedFor[];
};

const EXAMPLE_CHARACTERS = 300;

/** Reads the partial indexes of what is pending and what failed only, so that what is processed costs nothing, however much that is. */
export async function loadQueue(db: Db, { shop }: { shop: string }): Promise<Queue> {
  const pendingOf = (
    kind: QueuedKind,
  ) => `SELECT '${kind}' AS kind, count(*)::int AS count, min("receivedAt") AS "oldestAt"
    FROM "${cacheTables[kind].table}" WHERE shop = $1 AND ${isOfStatus.pending}`;
  const failedOf = (kind: QueuedKind) => `SELECT '${kind}' AS kind, "errorCode" AS code,
      count(*) FILTER (WHERE "quarantinedAt" IS NULL)::int AS failed,
      count(*) FILTER (WHERE "quarantinedAt" IS NOT NULL)::int AS quarantined,
      left(min("processingError"), ${String(EXAMPLE_CHARACTERS)}) AS example
    FROM "${cacheTables[kind].table}" WHERE shop = $1 AND "errorCode" IS NOT NULL AND "processedAt" IS NULL
    GROUP BY "errorCode"`;
  const [waiting, reasons] = await Promise.all([
    db.query<{ kind: QueuedKind; count: number; oldestAt: Date | null }>(eachKind(pendingOf), [shop]),
    db.query<FailedFor>(
      `SELECT kind, code, failed, quarantined, coalesce(example, '') AS example
       FROM (${eachKind(failedOf)}) kinds
       ORDER BY failed + quarantined DESC, kind, code`,
      [shop],
    ),
  ]);
  const none = { count: 0, oldestAt: null };
  const pending: Queue["pending"] = { product: none, customer: none, order: none, inventory: none };
  for (const { kind, ...of } of waiting.rows) pending[kind] = of;
  return { pending, reasons: reasons.rows };
}
