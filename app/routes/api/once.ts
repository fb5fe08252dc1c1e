import { z } from "@hono/zod-openapi";
import type { OnceRequest } from "#app/lib/answer-once.server.ts";

/** Of a call that acts in the ERP. Header names come in any case, and others beside them. */
export const OnceHeader = z.object({
  "Idempotency-Key": z.string().trim().min(1).max(200).optional().openapi({
    description:
      "Send it again with the same request where no answer came: what was asked is done once, and the answer is the first one. Kept for 30 days.",
  }),
});

/** The request of a call with a key: what it does, what it is about, and its body. */
export function onceOf(
  caller: string,
  { "Idempotency-Key": key }: z.infer<typeof OnceHeader>,
  request: Record<string, unknown>,
): OnceRequest | undefined {
  return key === undefined ? undefined : { caller, key, request };
}
