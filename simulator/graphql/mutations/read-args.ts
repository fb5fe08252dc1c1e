import type { Args } from "./mutation-desk.ts";

/** An input object of a mutation's arguments; the schema has checked its type. */
export function readInput(args: Args, name: string): Args {
  const value = args[name];
  return typeof value === "object" && value !== null ? (value as Args) : {};
}

export function readInputs(args: Args, name: string): readonly Args[] {
  const value = args[name];
  return Array.isArray(value) ? (value as Args[]) : [];
}

export function readString(args: Args, name: string): string | null {
  const value = args[name];
  return typeof value === "string" ? value : null;
}

/** A DateTime argument as ISO text, as the schema's scalar has let it through. */
export function readTime(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : undefined;
}
