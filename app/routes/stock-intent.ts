import { z } from "zod";

import { storableText } from "#app/lib/storable-text.ts";

import { RecordId } from "./record-id.ts";

/** Everything a person can want on the page of stock. */
export const StockIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("sync-stock") }),
  z.object({
    intent: z.literal("change-erp-stock"),
    change: z.enum(["set", "adjust", "safety"]),
    skuId: RecordId,
    /** Where the ERP keeps it: one of its own locations, whatever it calls them, or one of Shopify's. */
    locationId: z.string().overwrite(storableText).trim().min(1).max(255),
    units: z
      .string()
      .regex(/^-?\d{1,9}$/)
      .transform(Number),
    /** The same press again, where no answer came, is done once. */
    key: z.uuid(),
  }),
]);
export type StockIntent = z.infer<typeof StockIntent>;
