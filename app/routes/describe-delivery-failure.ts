import { explainError } from "#app/lib/errors.ts";

/** Why a delivery failed and what to do. What nobody expected may quote what came; the worker's log has it without. */
export function describeDeliveryFailure(code: string, text: string | null): { text: string; next: string } {
  const { words, next } = explainError(code);
  return { text: code === "INTERNAL" || text === null ? words : text, next };
}
