import type { SimNode, SimValue } from "#simulator/store/types.ts";

/** Follows field names through a record, calling lazy fields without arguments. */
export function readField(from: SimValue | undefined, ...path: readonly string[]): SimValue | undefined {
  let at = typeof from === "function" ? from({}) : from;
  for (const field of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = (at as Readonly<Record<string, SimValue | undefined>>)[field];
    if (typeof at === "function") at = at({});
  }
  return at;
}

export function readNodes(from: SimValue | undefined, ...path: readonly string[]): SimNode[] {
  const value = readField(from, ...path);
  return Array.isArray(value) ? (value as SimNode[]) : [];
}

/** A scalar as text; null and missing are "". */
export function readText(from: SimValue | undefined, ...path: readonly string[]): string {
  const value = readField(from, ...path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}
