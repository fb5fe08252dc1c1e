import { z } from "@hono/zod-openapi";

import { ErrorCodeName } from "./schemas.ts";

/** Why something stored has failed. */
export const Failure = z
  .strictObject({
    code: ErrorCodeName,
    text: z.string().openapi({ description: "What happened, in words." }),
    next: z.string().openapi({ description: "What to do next." }),
  })
  .openapi("Failure");

/** A stored code as the API names it; one that this version does not know is INTERNAL. */
export function readErrorCode(code: string): z.infer<typeof ErrorCodeName> {
  return ErrorCodeName.catch("INTERNAL").parse(code);
}
