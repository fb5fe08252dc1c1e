import type { Db } from "#app/lib/db.server.ts";
import { cacheTables, queuedKinds, type QueuedKind } from "./cache-tables.ts";

export type FailedCacheEntry = {
  kind: QueuedKind;
  id: string;
  /** What a person knows it by: order number, title, or the id. */
  label: string;
  errorCode: string;
  processingError: string;
  attempts: number;
  nextRetryAt: Date | null;
  quarantinedAt: Date | null;
};

/** SQL: what a person knows an entry by. */
export const entryLabels = {
  order: `coalesce("orderNumber", id)`,
  product: `coalesce(title, id)`,
  customer: "id",
  inventory: "id",
} as const satisfies Record<QueuedKind, string>;

/** Failed entries of a shop (waiting and quarantined), of one kind or all, by id; `after` continues a page of one kind. */
export async function listFailed(
  db: Db,
  { shop, kind, limit, after }: { shop: string; kind?: QueuedKind; limit: number; after?: string },
): Promise<FailedCacheEntry[]> {
  const one = (of: QueuedKind) => `(SELECT '${of}' AS kind, id, ${entryLabels[of]} AS label, "errorCode",
      coalesce("processingError", '') AS "processingError", attempts, "nextRetryAt", "quarantinedAt"
    FROM "${cacheTables[of].table}" WHERE shop = $1 AND "errorCode" IS NOT NULL AND "processedAt" IS NULL AND id > $3
    ORDER BY id LIMIT $2)`;
  const kinds = kind ? [kind] : queuedKinds;
  const sql = `SELECT * FROM (${kinds.map(one).join(" UNION ALL ")}) entries LIMIT $2`;
  const { rows } = await db.query<FailedCacheEntry>(sql, [shop, limit, after ?? ""]);
  return rows;
}
