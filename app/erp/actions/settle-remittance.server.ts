import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";

/** A person's word on an open difference: book it as it came (of an unknown AWB: on which order), or leave it. */
export function settleRemittance(
  _pool: Pool,
  _options: {
    shop: string;
    id: string;
    decision: "accept" | "dismiss";
    orderId?: string | undefined;
    actor: string;
    now: Date;
  },
): Promise<{ words: string; intentIds: string[] }> {
  throw new AppError("ACTION_NOT_ALLOWED", "Not there yet");
}
