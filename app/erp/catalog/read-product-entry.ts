import { decodeProduct } from "#app/shopify/codecs/decode-product.ts";
import { mergeProductSlots } from "#app/shopify/codecs/merge-product-slots.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";

/** A cache entry, as far as its payloads go. */
export type PayloadsOfEntry = { id: string } & Payload<"rawShape"> & { slots: readonly Payload<"shape">[] };
type Payload<Shape extends string> = {
  [key in Shape]: string;
} & { rawData: string; shopifyUpdatedAt: Date | null; triggeredAt: Date | null };

/**
 * All payloads of an entry, as one snapshot.
 * @throws AppError PAYLOAD_UNREADABLE
 */
export function readProductEntry(entry: PayloadsOfEntry): ProductSnapshot {
  const payloads = [{ ...entry, shape: entry.rawShape }, ...entry.slots];
  const snapshot = mergeProductSlots(
    payloads.map(({ shape, rawData, shopifyUpdatedAt, triggeredAt }) => ({
      shape,
      shopifyUpdatedAt,
      triggeredAt,
      decoded: decodeProduct(shape, rawData, entry.id),
    })),
  );
  return { ...snapshot, id: entry.id };
}
