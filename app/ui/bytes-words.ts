import type { Format } from "./format.ts";

const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** "812 bytes", "64 kB", "1.2 MB": to the thousand, as Shopify counts. */
export function bytesWords(bytes: number, { number }: Pick<Format, "number">): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value))} ${UNITS[unit] ?? ""}`;
}
