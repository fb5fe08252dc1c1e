import type { Format } from "./format.ts";

/** "2 webhooks could not be read or handled"; null where none failed. */
export function failedWords(failedDeliveries: number, format: Pick<Format, "number">): string | null {
  if (failedDeliveries === 0) return null;
  const webhooks = failedDeliveries === 1 ? "webhook" : "webhooks";
  return `${format.number(failedDeliveries)} ${webhooks} could not be read or handled`;
}
