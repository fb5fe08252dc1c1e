import { z } from "zod";

import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { settlements } from "#app/outbox/settlements.ts";

import { RecordId } from "./record-id.ts";

/** A person's word on one update; also on the page of its order. */
export const SettleIntent = z.object({
  intent: z.literal("settle"),
  id: RecordId,
  decision: z.enum(settlements),
});

/** Everything a person can want on the page of updates to Shopify. */
export const OutboxPageIntent = z.discriminatedUnion("intent", [
  SettleIntent,
  z.object({ intent: z.literal("send-refused-again"), kind: z.enum(intentKinds) }),
]);
export type OutboxPageIntent = z.infer<typeof OutboxPageIntent>;
