import type { Format } from "./format.ts";

/** "3 entries could not become ERP records · 1 webhook could not be read or handled"; null where nothing failed. */
export function failedWords(
  { failed, failedDeliveries }: { failed: number; failedDeliveries: number },
  format: Pick<Format, "number">,
): string | null {
  const count = (n: number, one: string, many: string) => `${format.number(n)} ${n === 1 ? one : many}`;
  const words = [
    failed > 0 ? `${count(failed, "entry", "entries")} could not become ERP records` : [],
    failedDeliveries > 0
      ? `${count(failedDeliveries, "webhook", "webhooks")} could not be read or handled`
      : [],
  ].flat();
  return words.length === 0 ? null : words.join(" · ");
}
