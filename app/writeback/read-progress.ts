import { z } from "zod";
import type { Progress } from "./plan.ts";

const Told = z.object({
  unsure: z.boolean().optional(),
  unwanted: z.boolean().optional(),
  leftAt: z.string().optional(),
  fulfillmentIds: z.array(z.string()).optional(),
  jobId: z.string().optional(),
  jobEnded: z.boolean().optional(),
  fulfillmentsBefore: z.array(z.string()).optional(),
  cancelling: z.array(z.string()).optional(),
  paymentsBefore: z.array(z.string()).optional(),
  booking: z.string().optional(),
  rounding: z.string().optional(),
  receiptIds: z.array(z.string()).optional(),
  paymentId: z.string().optional(),
  markedAsPaid: z.boolean().optional(),
  partBooked: z.boolean().optional(),
  unfulfilledBefore: z.record(z.string(), z.number()).optional(),
  orderUpdatedAt: z.string().optional(),
  orderChanges: z.array(z.string()).optional(),
  said: z.string().optional(),
});

/** What an earlier try left; of another version's nothing. */
export function readProgress(answer: unknown): Progress {
  const read = Told.safeParse(answer ?? {});
  return read.success ? (JSON.parse(JSON.stringify(read.data)) as Progress) : {};
}
