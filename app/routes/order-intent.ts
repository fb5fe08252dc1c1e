import { z } from "zod";

/** Everything a person can want on the page of one order. */
export const OrderIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("fetch") }),
  z.object({ intent: z.literal("retry") }),
  z.object({
    intent: z.literal("correct-payment"),
    /** `rules` takes an earlier word back. */
    method: z.enum(["COD", "Prepaid", "rules"]),
    reason: z.string().trim().max(200),
  }),
]);
export type OrderIntent = z.infer<typeof OrderIntent>;
