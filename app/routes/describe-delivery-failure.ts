import { explainError } from "#app/lib/errors.ts";

import type { Mode } from "./view-job.ts";

/** Why a delivery failed and what to do. What nobody expected may quote what came; the worker's log has it without. */
export function describeDeliveryFailure(
  code: string,
  text: string | null,
  mode?: Mode,
): { text: string; next: string } {
  const { words, next } = explainError(code, mode);
  return { text: code === "INTERNAL" || text === null ? words : text, next };
}
