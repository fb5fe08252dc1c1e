import type { SlotTime } from "./newest-first.ts";
import type { DecodedOrder } from "./order-parts.ts";

/** The newest payload of one shape, decoded, and when it was true. */
export type OrderSlot = SlotTime & { decoded: DecodedOrder };
