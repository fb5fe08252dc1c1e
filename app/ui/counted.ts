import type { Format } from "./format.ts";

/** "1 order", "1,204 orders". */
export function counted(format: Format, count: number, one: string, many: string): string {
  return `${format.number(count)} ${count === 1 ? one : many}`;
}
