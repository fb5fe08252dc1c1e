import { z } from "zod";

import { jsonField } from "./json-field.ts";
import { SettleIntent } from "./outbox-intent.ts";

/** Everything a person can want on the page of one order. */
export const OrderIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("fetch") }),
  z.object({ intent: z.literal("retry") }),
  /** Something done with its goods, parcels, cases or holds: an `OrderAction`. */
  z.object({ intent: z.literal("act"), action: jsonField(z.unknown()) }),
  SettleIntent,
  z.object({
    intent: z.literal("correct-payment"),
    /** `rules` takes an earlier word back. */
    method: z.enum(["COD", "Prepaid", "rules"]),
    reason: z.string().trim().max(200),
  }),
]);
export type OrderIntent = z.infer<typeof OrderIntent>;
