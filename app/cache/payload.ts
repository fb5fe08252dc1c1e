import type { PayloadShape } from "./cache-tables.ts";
import type { Stamp } from "./place-payload.ts";

/** One record as Shopify worded it, on its way into the cache. */
export type IncomingPayload = {
  /** Shopify's id, the number as text. */
  id: string;
  shape: PayloadShape;
  /** The payload as it came: JSON text, or its UTF-8 bytes. */
  raw: string | Buffer;
  shopifyUpdatedAt: string | null;
  triggeredAt: string | null;
  /** Values of the kind's header columns (cache-tables.ts). */
  header?: Readonly<Record<string, string | null>>;
};

/** A payload with its content hash and times, ready to be compared and stored. */
export type PreparedPayload = IncomingPayload & { stamp: Stamp };
