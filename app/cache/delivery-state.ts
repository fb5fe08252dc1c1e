import type { LoggedOutcome } from "./logged-outcomes.ts";

/** What has become of a delivery, for a person: its outcome, and of news whether it waits, is done or failed. */
export const deliveryStates = [
  "stored",
  "known",
  "superseded",
  "waiting",
  "handled",
  "noted",
  "failed",
  "redacted",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Where a delivery stands. News that failed is failed, though it is tried again. */
export function deliveryState({
  outcome,
  processedAt,
  errorCode,
}: {
  outcome: LoggedOutcome;
  processedAt: Date | null;
  errorCode: string | null;
}): DeliveryState {
  if (outcome !== "news") return outcome;
  if (processedAt !== null) return "handled";
  return errorCode === null ? "waiting" : "failed";
}
