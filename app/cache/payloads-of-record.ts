import { AppError } from "#app/lib/errors.ts";
import type { AssembledRecord } from "#app/shopify/bulk/assemble-records.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import type { AnswerNode } from "#app/shopify/details/read-all-pages.ts";
import { readLevel } from "#app/shopify/details/read-level.ts";
import type { IncomingPayload } from "./payload.ts";

/** Fields that a document of a later date reads more of: at the same instant the richer payload stands. */
const DOCUMENT_DATE = "2026-11-25T00:00:00Z";

/**
 * What the cache keeps of a root of a bulk file and its children: mostly one payload. Of an inventory item its stock levels, as
 * many as there are locations that stock it, none included; each bears its own `updatedAt`, for a level's change need not move
 * its item's.
 * @throws AppError BULK_INCOMPLETE where a level does not say what it is of: it could not be kept under any id
 */
export function payloadsOfRecord(purpose: BulkPurpose, record: AssembledRecord): IncomingPayload[] {
  const { id, updatedAt, header, raw } = record;
  if (purpose === "inventory") return levelsOf(id, raw);
  return [{ id, shape: "bulk", raw, shopifyUpdatedAt: updatedAt, triggeredAt: DOCUMENT_DATE, header }];
}

function levelsOf(item: string, raw: Buffer): IncomingPayload[] {
  try {
    const { inventoryLevels = [] } = JSON.parse(raw.toString("utf8")) as { inventoryLevels?: AnswerNode[] };
    return inventoryLevels.map((level) => ({
      ...readLevel(level),
      ...{ shape: "bulk", triggeredAt: DOCUMENT_DATE },
    }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "BULK_INCOMPLETE",
      `The stock of item ${item} in the file from Shopify cannot be read: ${reason}`,
      { cause },
    );
  }
}
