import { z } from "zod";
import type { StockAnswer } from "./plan-stock.ts";

const Answer = z.object({
  unsure: z.boolean().optional(),
  quantity: z.int().optional(),
  changeFrom: z.int().optional(),
  word: z.object({ left: z.int(), saidAt: z.string().nullable() }).optional(),
  pushedAt: z.string().optional(),
  round: z.int().optional(),
  seen: z.int().optional(),
  seenAt: z.string().optional(),
  asked: z.int().optional(),
  askedAt: z.string().optional(),
  levelChanges: z.array(z.string()).optional(),
});

/** What an earlier try left that the next one needs; of another version's nothing. */
export function readStockAnswer(answer: unknown): StockAnswer {
  const read = Answer.safeParse(answer ?? {});
  return read.success ? read.data : {};
}

const Id = z.string().regex(/^\d{1,20}$/);
const Payload = z.strictObject({ inventoryItemId: Id, locationId: Id });

/** Null where it is no level of Shopify's. */
export function readStockPayload(payload: unknown): z.infer<typeof Payload> | null {
  const read = Payload.safeParse(payload);
  return read.success ? read.data : null;
}
