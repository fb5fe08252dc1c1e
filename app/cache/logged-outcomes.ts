/** What became of a delivery: see `WebhookDelivery`. */
export const loggedOutcomes = [
  "stored",
  "known",
  "superseded",
  "news",
  "noted",
  "failed",
  "redacted",
] as const;
export type LoggedOutcome = (typeof loggedOutcomes)[number];
