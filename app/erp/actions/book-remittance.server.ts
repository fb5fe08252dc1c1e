import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";
import type { RemittanceEntry, RemittanceProblem } from "./remittance.ts";

export type BookedRemittances = {
  /** How many entries were booked now, were booked or queued before (the same entry again), and went into the queue. */
  booked: number;
  already: number;
  queued: number;
  /** Of each entry, in its order, what came of it. `id` is the row in `Remittance`. */
  entries: {
    id: string;
    status: "booked" | "already" | "queued";
    problem: RemittanceProblem | null;
    words: string;
  }[];
};

/** Books what couriers paid out, AWB by AWB; what does not fit goes into the queue of differences. */
export function bookRemittance(
  _pool: Pool,
  _options: { shop: string; entries: readonly RemittanceEntry[]; actor: string; now: Date },
): Promise<BookedRemittances> {
  throw new AppError("ACTION_NOT_ALLOWED", "Not there yet");
}
