import { AppError } from "#app/lib/errors.ts";
import { decodeInventoryLevel, type DecodedInventoryLevel } from "../codecs/decode-inventory-level.ts";
import type { AnswerNode } from "../details/read-all-pages.ts";
import { readLevel } from "../details/read-level.ts";
import { linesOf } from "./assemble-records.ts";
import { readWholeLines } from "./read-whole-lines.server.ts";

/** A stock level as a bulk file tells it; `told` is null where its state cannot be read. */
export type ShownLevel = { id: string; updatedAt: string | null; told: DecodedInventoryLevel | null };

/**
 * The stock levels of a bulk file of inventory items, `size` at a time: whatever the file's size, no more is in memory.
 * @throws AppError BULK_INCOMPLETE on a line that is no record, or a level that does not say what it is of
 */
export async function* readLevels({
  path,
  size,
  signal,
}: {
  path: string;
  size: number;
  signal?: AbortSignal;
}): AsyncGenerator<ShownLevel[]> {
  let levels: ShownLevel[] = [];
  for await (const lines of readWholeLines(path, signal))
    for (const line of linesOf(lines)) {
      const level = levelOf(line.toString("utf8"));
      if (!level) continue;
      levels.push(level);
      if (levels.length < size) continue;
      yield levels;
      levels = [];
    }
  if (levels.length > 0) yield levels;
}

/** Null for the line of an item. */
function levelOf(line: string): ShownLevel | null {
  try {
    const node = JSON.parse(line) as AnswerNode;
    if (node["__typename"] !== "InventoryLevel") return null;
    const { id, raw, shopifyUpdatedAt } = readLevel(node);
    return { id, updatedAt: shopifyUpdatedAt, told: tellOf(raw) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("BULK_INCOMPLETE", `A line of the file from Shopify cannot be read: ${reason}`, {
      cause,
    });
  }
}

function tellOf(raw: string): DecodedInventoryLevel | null {
  try {
    return decodeInventoryLevel("bulk", raw);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
