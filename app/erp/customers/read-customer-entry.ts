import { decodeCustomer } from "#app/shopify/codecs/decode-customer.ts";
import { mergeCustomerSlots } from "#app/shopify/codecs/merge-customer-slots.ts";
import type { CustomerSnapshot } from "#app/shopify/codecs/merge-customer-slots.ts";

/** A cache entry, as far as its payloads go. */
export type PayloadsOfCustomer = { id: string } & Payload<"rawShape"> & {
    slots: readonly Payload<"shape">[];
  };
type Payload<Shape extends string> = {
  [key in Shape]: string;
} & { rawData: string; shopifyUpdatedAt: Date | null; triggeredAt: Date | null };

/**
 * All payloads of an entry, as one snapshot.
 * @throws AppError PAYLOAD_UNREADABLE
 */
export function readCustomerEntry(entry: PayloadsOfCustomer): CustomerSnapshot {
  const payloads = [{ ...entry, shape: entry.rawShape }, ...entry.slots];
  const snapshot = mergeCustomerSlots(
    payloads.map(({ shape, rawData, shopifyUpdatedAt, triggeredAt }) => ({
      shape,
      shopifyUpdatedAt,
      triggeredAt,
      decoded: decodeCustomer(shape, rawData, entry.id),
    })),
  );
  return { ...snapshot, id: entry.id };
}
